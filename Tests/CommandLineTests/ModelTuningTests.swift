import Foundation
import SondeJSON
import TestSupport
import Testing

/// Studies in which models themselves are tuned, from the outside.
@Suite struct ModelTuningTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func study(_ tuning: String) throws -> String {
        let text = try String(contentsOfFile: fixture.write(), encoding: .utf8)
        return try fixture.home.write(
            text.replacing(/tuning: .*/, with: "tuning: {\(tuning)}"), to: "small.yaml")
    }

    @Test("A tuned model answers, and is kept as a model that answers the same")
    func keptWeights() throws {
        let study = try study("method: model, keep_weights: true, epochs: 1, learning_rate: 0.001")
        let run = try fixture.run(study)
        #expect(run.status == 0, "\(run.errors)")
        let cell = try #require(fixture.cells("tune").first)
        let items = try String(contentsOfFile: cell + "/scores.jsonl", encoding: .utf8)
            .split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let scored = try CommandRun.sonde(
            [
                "score", "--model", cell + "/model", "--data", try rows(), "--threads", "1", "--json",
            ], home: fixture.home)
        #expect(scored.status == 0, "\(scored.errors)")
        let lines = try scored.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.count == 3)
        for (line, item) in zip(lines, items) {
            let (own, kept) = (item["scores"]?.doubles ?? [], line["logprobs"]?.doubles ?? [])
            #expect(own.count == 3 && kept.count == 3)
            #expect(zip(own, kept).allSatisfy { abs($0 - $1) < 1e-4 })
        }
        #expect(try fixture.cells("tune").count == 1)
        #expect(!FileManager.default.fileExists(atPath: cell + "/checkpoint"))
        let names = try FileManager.default.contentsOfDirectory(atPath: cell)
        #expect(!names.contains { $0.hasPrefix("checkpoint") })
        let course = try JSONValue(parsing: Data(contentsOf: URL(filePath: cell + "/tuning.json")))
        #expect(course["trained_parameters"]?.intValue == 467_712)
        #expect(course["frozen_parameters"]?.intValue == 0)
    }

    /// The first three rows of the test split as the study words them.
    private func rows() throws -> String {
        let path = BuiltProducts.package + "/samples/data/superglue/CB/test.jsonl"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").prefix(3)
        let rows = try lines.enumerated().map { index, line in
            let row = try JSONValue(parsing: String(line))
            let text =
                "\(row["premise"]?.stringValue ?? "") question: \(row["hypothesis"]?.stringValue ?? "") answer:"
            let scored: JSONValue = [
                "id": .string("\(index)"), "text": .string(text), "candidates": [" yes", " no", " maybe"],
            ]
            return scored.text()
        }
        return try fixture.home.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
    }

    @Test("Without being asked to, only answers are kept, and nothing is done twice")
    func onlyAnswers() throws {
        let study = try study("method: model, epochs: 1, learning_rate: 0.001")
        #expect(try fixture.run(study).status == 0)
        let cell = try #require(fixture.cells("tune").first)
        let names = try FileManager.default.contentsOfDirectory(atPath: cell).sorted()
        #expect(names == ["answers.json", "cell.json", "log.txt", "scores.jsonl", "tuning.json"])
        #expect(try fixture.run(study).output.contains("Nothing was left to do"))
    }

    @Test("The plan tells memory and time of tuning a model")
    func plan() throws {
        let study = try study("method: model, epochs: 2, learning_rate: 0.001")
        let planned = try CommandRun.sonde(["plan", study, "--threads", "1", "--json"], home: fixture.home)
        #expect(planned.status == 0, "\(planned.errors)")
        let rows = try JSONValue(parsing: planned.output)["rows"]?.arrayValue ?? []
        let row = try #require(rows.first { $0["cells"] == "tune the model of tiny/cb" })
        let memory = try #require(row["peak_memory"]?.doubleValue)
        #expect(try fixture.run(study, ["--threads", "1"]).status == 0)
        let record = try JSONValue(
            parsing: Data(contentsOf: URL(filePath: #require(fixture.cells("tune").first) + "/cell.json")))
        let real = try #require(record["made"]?["peak_memory"]?.doubleValue)
        #expect(memory > real / 1.5 && memory < real * 1.5)
        #expect(row["unknown"] == .array([]))
    }

    @Test("An option that no recipe has is refused with the place, and so is a method that there is not")
    func refusals() throws {
        let run = try fixture.run(study("method: weights"))
        #expect(run.status == 65)
        #expect(run.errors.contains("'method'"))
    }
}

extension JSONValue {
    fileprivate var doubles: [Double] { arrayValue?.compactMap(\.doubleValue) ?? [] }
}
