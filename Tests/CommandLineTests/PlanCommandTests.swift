import Foundation
import SondeJSON
import TestSupport
import Testing

/// `sonde plan` from the outside.
@Suite struct PlanCommandTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func plan(_ study: String, _ arguments: [String] = []) throws -> CommandRun {
        try CommandRun.sonde(["plan", study, "--threads", "1"] + arguments, home: fixture.home)
    }

    /// The rows of a plan by their titles.
    private func rows(_ study: String) throws -> [String: JSONValue] {
        let planned = try plan(study, ["--json"])
        try #require(planned.status == 0, "\(planned.errors)")
        let rows = try JSONValue(parsing: planned.output)["rows"]?.arrayValue ?? []
        return Dictionary(rows.map { ($0["cells"]?.stringValue ?? "", $0) }) { $1 }
    }

    @Test("The quickstart has a row for each group of cells, and nothing is left behind")
    func quickstart() throws {
        let store = fixture.home.path("store")
        let planned = try plan(BuiltProducts.package + "/samples/quickstart.yaml", ["--store", store])
        #expect(planned.status == 0, "\(planned.errors)")
        let titles = planned.output.split(separator: "\n").compactMap {
            $0.split(separator: "  ").first.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        for task in ["cb", "rte", "copa", "wsc"] {
            for cell in [
                "tune tiny/\(task)", "evaluate tiny/\(task)", "evaluate tiny/\(task) without a prompt",
            ] {
                #expect(titles.count { $0 == cell } == 1)
            }
        }
        for cell in ["majority", "accuracy", "plan nearest", "measure nearest", "conclude nearest"] {
            #expect(titles.count { $0 == cell } == 1)
        }
        #expect(titles.contains("all, 1 worker"))
        #expect(!planned.output.contains("unknown"))
        #expect(planned.errors.contains("[4/4] trying tiny on wsc"))
        #expect(!FileManager.default.fileExists(atPath: store))
    }

    @Test("Disk and memory are as predicted, and then all is done and costs nothing")
    func beforeAndAfter() throws {
        let study = try fixture.write()
        let before = try rows(study)
        #expect(try fixture.run(study, ["--threads", "1"]).status == 0)
        for (kind, title) in [("tune", "tune tiny/cb"), ("evaluate", "evaluate tiny/cb")] {
            let record = try JSONValue(
                parsing: Data(contentsOf: URL(filePath: cell(kind) + "/cell.json")))
            let row = try #require(before[title])
            let memory = try #require(row["peak_memory"]?.doubleValue)
            #expect(isNear(memory, try #require(record["made"]?["peak_memory"]?.doubleValue)))
            #expect(isNear(try #require(row["disk"]?.doubleValue), bytes(in: try cell(kind))))
        }
        for row in try rows(study).values {
            #expect(row["done"] == row["number"])
            #expect(row["time"]?["seconds"]?.doubleValue == 0)
        }
    }

    @Test("Probes are judged by cells like theirs that are in the store")
    func earlierCells() throws {
        let study = try fixture.write(more: "probes: {nearest: {probe: semantics, neighbours: 5}}\n")
        #expect(try fixture.run(study, ["--threads", "1"]).status == 0)
        let text = try String(contentsOfFile: study, encoding: .utf8)
        try fixture.home.write(text.replacing("seeds: [1]", with: "seeds: [1, 2]"), to: "small.yaml")
        let measure = try #require(rows(study)["measure nearest"])
        #expect(measure["done"]?.intValue == 1)
        #expect(measure["known"]?.intValue == 1)
        #expect(measure["basis"]?.arrayValue == [.string("earlier")])
    }

    /// Within the factor that `sonde plan` promises.
    private func isNear(_ predicted: Double, _ real: Double) -> Bool {
        predicted < 1.5 * real && real < 1.5 * predicted
    }

    /// The folder of the one cell of a kind that has read a prompt or made one.
    private func cell(_ kind: String) throws -> String {
        try #require(
            try fixture.cells(kind).first { folder in
                let record = try JSONValue(parsing: Data(contentsOf: URL(filePath: folder + "/cell.json")))
                return kind == "tune" || record["inputs"]?["prompt"] != nil
            })
    }

    private func bytes(in folder: String) -> Double {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
            return sum + (isFile ? (attributes?[.size] as? NSNumber)?.doubleValue ?? 0 : 0)
        }
    }
}
