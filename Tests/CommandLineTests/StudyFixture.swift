import Foundation
import TestSupport

/// Small studies on the sample model, in a temporary folder.
struct StudyFixture {
    let home: TemporaryFolder
    private let samples = BuiltProducts.package + "/samples"

    init() throws {
        home = try TemporaryFolder()
    }

    /// Writes a study of one task that is tuned for one epoch, and returns its path.
    /// - Parameters:
    ///   - tuning: more options of the recipe.
    ///   - more: sections after the recipe, such as metrics and probes.
    func write(tuning: String = "", more: String = "metrics: [accuracy]\n") throws -> String {
        let data = "\(samples)/data/superglue/CB"
        return try home.write(
            """
            name: small
            models:
              tiny: \(samples)/models/tiny-bloom
            tasks:
              cb:
                dataset: jsonlines
                options:
                  train: \(data)/train.jsonl
                  validation: \(data)/val.jsonl
                  test: \(data)/test.jsonl
                  labels: [entailment, contradiction, neutral]
                template: "{premise} question: {hypothesis} answer:"
                candidates: {entailment: " yes", contradiction: " no", neutral: " maybe"}
            seeds: [1]
            tuning: {rows: 4, initialisation: text, text: A plain answer., epochs: 1\(tuning)}
            \(more)
            """, to: "small.yaml")
    }

    /// Runs a study.
    func run(_ study: String, _ arguments: [String] = []) throws -> CommandRun {
        try CommandRun.sonde(["run", study] + arguments, home: home)
    }

    /// The folders of finished cells of a kind.
    func cells(_ kind: String) throws -> [String] {
        let cells = home.path("small.sonde/cells")
        return try FileManager.default.contentsOfDirectory(atPath: cells).filter { $0.hasPrefix(kind + "-") }
            .map { cells + "/" + $0 }
    }
}
