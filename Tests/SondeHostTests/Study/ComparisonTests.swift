import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import SondeStatistics
import TestSupport
import Testing

/// What metrics make of answers, computed again here from the answers that are in the store.
@Suite struct ComparisonTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    /// The results of the cells with this title, as JSON, or the first of their lines.
    private func result(_ title: String, _ file: String, of run: StudyRun) throws -> [JSONValue] {
        let cell = try #require(run.cells.map(\.cell).first { $0.title == title }, "\(title)")
        let path = fixture.folder.path("store/cells/\(cell.name)/\(file)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try file.hasSuffix("l")
            ? text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            : [JSONValue(parsing: text)]
    }

    private func run(_ yaml: String) throws -> StudyRun {
        let run = try fixture.run(fixture.study(yaml))
        try run.finish()
        #expect(run.failures.isEmpty, "\(run.failures)")
        return run
    }

    @Test func exactMatchComparesWhatIsSaidWithTheRightCandidate() throws {
        let run = try run(StudyFixture.yaml(metrics: "[accuracy, exact-match]"))
        let model = try fixture.registry([]).makeModel(directory: fixture.folder.path("tiny"))
        let longest = try [" yes", " no", " maybe"].map { try model.encode([$0], as: .candidate)[0].count }
            .max()
        for answerer in ["tiny/cb without a prompt", "tiny/cb/1"] {
            let rows = try result("evaluate \(answerer)", "scores.jsonl", of: run)
            #expect(rows.count == 12)
            var right = 0
            for row in rows {
                let said = try #require(row["said"]?.stringValue)
                let label = try #require(row["label"]?.intValue)
                let expected = [" yes", " no", " maybe"][label]
                #expect(row["expected"]?.stringValue == expected)
                #expect(try model.encode([said], as: .candidate)[0].count <= (longest ?? 0) + 1)
                if said.trimmingCharacters(in: .whitespaces) == expected.dropFirst() { right += 1 }
            }
            let judged = try result("exact-match of \(answerer)", "metric.json", of: run)[0]
            #expect(judged["value"]?.doubleValue == Double(right) / 12)
            #expect(judged["interval"]?["method"]?.stringValue == "wilson")
            let wilson = Interval.wilson(successes: right, of: 12)
            #expect(judged["interval"]?["upper"]?.doubleValue == wilson.upper)
        }
        let majority = try result("majority cb", "scores.jsonl", of: run)
        #expect(Set(majority.compactMap { $0["said"]?.stringValue }).count == 1)
        // Answers that nobody wants in words are not said.
        let silent = try self.run(StudyFixture.yaml(seeds: "[2]"))
        #expect(try result("evaluate tiny/cb/2", "scores.jsonl", of: silent)[0]["said"] == nil)
    }

    @Test func oneSeedIsTestedByMcNemar() throws {
        let run = try run(StudyFixture.yaml())
        func rights(_ answerer: String) throws -> [Bool] {
            try result("evaluate \(answerer)", "scores.jsonl", of: run).map {
                $0["label"] == $0["prediction"]
            }
        }
        let (tuned, plain) = (try rights("tiny/cb/1"), try rights("tiny/cb without a prompt"))
        let found = try result(
            "accuracy of tiny/cb with and without tuned prompts", "comparison.json", of: run)[0]
        #expect(found["test"]?["method"]?.stringValue == "McNemar")
        #expect(found["test"]?["p"]?.doubleValue == McNemarTest(first: tuned, second: plain).pValue)
        let difference = Double(tuned.count { $0 } - plain.count { $0 }) / 12
        #expect(abs((found["difference"]?.doubleValue ?? .nan) - difference) < 1e-12)
        let table = try #require(run.results().tables.last)
        #expect(table.title == "Tuned prompts against no prompt")
        #expect(table.rows[0].map(\.text).prefix(3) == ["accuracy", "cb", "tiny"])
        // The only test of its family.
        #expect(table.rows[0][4] == table.rows[0][5])
        #expect(table.rows[0][6].value == MinimumDetectableDifference().paired(examples: 12))
    }

    @Test func severalSeedsAndModelsAreComparedByPermutation() throws {
        let run = try run(
            StudyFixture.yaml(
                model: "tiny: tiny\n  twin: tiny", seeds: "[1, 2]",
                metrics: "[accuracy, macro-f1, {metric: f1, positive: 0}]"))
        let twins = "cb by tiny and by twin"
        for metric in ["accuracy", "macro-f1", "f1 (positive 0)"] {
            let found = try result(
                "\(metric) of tiny/cb with and without tuned prompts", "comparison.json", of: run)[0]
            #expect(found["test"]?["method"]?.stringValue == "permutation")
            #expect(found["interval"]?["method"]?.stringValue == "two-way bootstrap")
            let values = try ["tiny/cb/1", "tiny/cb/2", "tiny/cb without a prompt"].map {
                try #require(
                    try result("\(metric) of \($0)", "metric.json", of: run)[0]["value"]?.doubleValue)
            }
            let difference = (values[0] + values[1]) / 2 - values[2]
            #expect(abs((found["difference"]?.doubleValue ?? .nan) - difference) < 1e-12)
            let same = try result("\(metric) of \(twins)", "comparison.json", of: run)[0]
            #expect(same["difference"]?.doubleValue == 0)
            #expect(same["test"]?["p"]?.doubleValue == 1)
        }
        let tables = try run.results().tables
        #expect(
            tables.map(\.title) == [
                "Answers by task", "Tuned prompts against no prompt", "Models against each other",
            ])
        #expect(tables.map(\.rows.count) == [6, 6, 3])
    }
}
