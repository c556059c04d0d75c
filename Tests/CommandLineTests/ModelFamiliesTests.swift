import Foundation
import TestSupport
import Testing

/// One study over the sample models of all three families.
@Suite struct ModelFamiliesTests {
    private static let samples = BuiltProducts.package + "/samples"
    private let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    /// The study of the samples, with one task, one seed, and a few of its examples.
    private func writeStudy(_ change: (String) -> String = { $0 }) throws -> String {
        let text = try String(contentsOfFile: Self.samples + "/three-models.yaml", encoding: .utf8)
        let tasks = try #require(text.range(of: "\n  rte:")).lowerBound
        let rest = try #require(text.range(of: "\nseeds:")).lowerBound
        let shorter = (text[..<tasks] + text[rest...])
            .replacing("models/tiny", with: Self.samples + "/models/tiny")
            .replacing("data/superglue", with: Self.samples + "/data/superglue")
            .replacing("seeds: [1, 2, 3]", with: "seeds: [1]")
            .replacing(
                "    variants:",
                with: "    examples: {limit: {train: 100, validation: 20, test: 60}, seed: 1}\n    variants:"
            )
        return try home.write(change(String(shorter)), to: "families.yaml")
    }

    @Test("Prompts are tuned on a causal, a masked and an encoder-decoder model, read, and compared")
    func study() throws {
        let run = try CommandRun.sonde(["run", try writeStudy()], home: home)
        try #require(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n").map {
            $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        for model in ["bloom", "roberta", "t5"] {
            let row = try #require(lines.first { $0.starts(with: ["cb", model]) }, "\(run.output)")
            let tuned = try #require(row[4].split(separator: " ").first.flatMap { Double($0) })
            // A model that guesses is right in a third of the examples.
            #expect(tuned > 0.8, "\(model)")
        }
        #expect(lines.contains { $0.starts(with: ["accuracy", "cb", "roberta", "t5"]) })
        #expect(run.output.contains("cells were done now"))
    }

    @Test("A candidate that a masked model would have to split is refused by its line before anything runs")
    func splitCandidate() throws {
        let study = try writeStudy { $0.replacing("\" maybe\"", with: "\" perhaps so\"") }
        let run = try CommandRun.sonde(["run", study], home: home)
        #expect(run.status == 65)
        #expect(run.errors.contains("families.yaml:17:"), "\(run.errors)")
        #expect(run.errors.contains("The candidate ' perhaps so' is split into"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: home.path("families.sonde/cells")))
    }

    @Test("A masked model reads its own wording, and the others the task's")
    func wording() throws {
        let file = try writeStudy()
        for (model, shown) in [("bloom", false), ("roberta", true), ("t5", false)] {
            let run = try CommandRun.sonde(
                [
                    "task", "show", "cb", "--study", file, "--model",
                    "\(Self.samples)/models/tiny-\(model)",
                ], home: home)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("<mask>") == shown, "\(model): \(run.output)")
        }
    }
}
