import Foundation
import TestSupport
import Testing

/// `sonde run` end to end.
@Suite struct RunCommandTests {
    @Test("A study leaves a table, a report and whole cells, and a second run does nothing")
    func twice() throws {
        let fixture = try StudyFixture()
        let study = try fixture.write(
            more: "metrics: [accuracy]\nprobes:\n  nearest: {probe: semantics, neighbours: 3}\n")
        let first = try fixture.run(study)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("majority") && first.output.contains("no prompt"))
        let report = try String(contentsOfFile: fixture.home.path("small.sonde/report.html"), encoding: .utf8)
        #expect(report.contains("<svg") && report.contains("Nearest tokens of tiny/cb/1"))
        let tuned = try #require(try fixture.cells("tune").first)
        let before = try bytes(of: tuned + "/prompt/adapter_model.safetensors")

        let second = try fixture.run(study)
        #expect(second.status == 0)
        #expect(second.output.contains("Nothing was left to do"))
        #expect(try bytes(of: tuned + "/prompt/adapter_model.safetensors") == before)
    }

    @Test("The same seed gives the same bits in another store, another seed does not")
    func determinism() throws {
        let fixture = try StudyFixture()
        let study = try fixture.write()
        for store in ["a", "b"] {
            let run = try fixture.run(study, ["--store", fixture.home.path(store), "--threads", "2"])
            #expect(run.status == 0, "\(run.errors)")
        }
        #expect(try prompt(in: "a", fixture) == prompt(in: "b", fixture))
        let text = try String(contentsOfFile: study, encoding: .utf8)
        let other = try fixture.home.write(
            text.replacingOccurrences(of: "seeds: [1]", with: "seeds: [2]"), to: "other.yaml")
        #expect(try fixture.run(other, ["--store", fixture.home.path("c"), "--threads", "2"]).status == 0)
        #expect(try prompt(in: "a", fixture) != prompt(in: "c", fixture))
    }

    @Test("An unknown option stops the run before anything is done, with its place and the nearest name")
    func misspeltOption() throws {
        let fixture = try StudyFixture()
        let study = try fixture.write(
            more: "metrics: [accuracy]\nprobes:\n  nearest: {probe: semantics, neighbors: 3}\n")
        let run = try fixture.run(study)
        #expect(run.status == 65)
        #expect(run.errors.contains("small.yaml:"))
        #expect(run.errors.contains("neighbors") && run.errors.contains("'neighbours'"))
        #expect(!FileManager.default.fileExists(atPath: fixture.home.path("small.sonde/cells")))
    }

    private func prompt(in store: String, _ fixture: StudyFixture) throws -> Data {
        let cells = fixture.home.path(store) + "/cells"
        let tune = try #require(
            try FileManager.default.contentsOfDirectory(atPath: cells).first { $0.hasPrefix("tune-") })
        return try bytes(of: "\(cells)/\(tune)/prompt/adapter_model.safetensors")
    }

    private func bytes(of file: String) throws -> Data { try Data(contentsOf: URL(filePath: file)) }
}
