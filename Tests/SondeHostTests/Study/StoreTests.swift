import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import Synchronization
import TestSupport
import Testing

/// What is finished stays finished, and is there whole or not at all.
@Suite struct StoreTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func files(_ folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: fixture.folder.path(folder))?.compactMap { $0 as? String }
            ?? [])
            .sorted()
    }

    @Test func secondRunDoesNoWork() throws {
        let study = try fixture.study()
        let first = try fixture.run(study)
        try first.finish()
        #expect(first.failures.isEmpty)
        #expect(first.doneCount == first.cells.count)
        let second = try fixture.run(study)
        try second.finish()
        #expect(second.doneCount == 0)
        #expect(
            RunSummary(second, results: try second.results(), report: "r").text.contains(
                "Nothing was left to do"))
    }

    @Test func finishedCellHasRecordResultsAndLogAndNothingElse() throws {
        let run = try fixture.run(fixture.study())
        try run.finish()
        let tune = try #require(run.cells.first { $0.cell.kind == .tune }?.cell.name)
        #expect(
            Set(files("store/cells/" + tune)).isSuperset(of: [
                "cell.json", "initial.safetensors", "log.txt", "prompt", "prompt/adapter_model.safetensors",
                "tuning.json",
            ]))
        let record = try JSONValue(
            parsing: Data(contentsOf: URL(filePath: fixture.folder.path("store/cells/\(tune)/cell.json"))))
        let environment = try #require(record["made"]?["environment"])
        #expect(environment["threads"]?.intValue == 1)
        #expect(environment["openblas_threads"]?.intValue == 1)
        #expect(environment["openblas_core"]?.stringValue == OpenBLAS.coreName)
        #expect(environment["openblas"]?.stringValue == OpenBLAS.configuration)
        // The sample model's weights alone have 0.9 MB.
        #expect(record["made"]?["peak_memory"]?.intValue ?? 0 > 1_000_000)
        #expect(record["made"]?["time"]?["processor_seconds"]?.doubleValue ?? 0 > 0)
        #expect(!files("store/cells/" + tune).contains("checkpoint"))
        #expect(files("store/tmp").isEmpty)
    }

    @Test func resultsOfAnotherBuildAreTakenOnlyIfAccepted() throws {
        try fixture.run(fixture.study()).finish()
        let copy = fixture.folder.path("libBloom.so")
        try FileManager.default.copyItem(atPath: BuiltProducts.plugin("Bloom"), toPath: copy)
        let file = try #require(FileHandle(forWritingAtPath: copy))
        try file.seekToEnd()
        try file.write(contentsOf: Data([0]))
        try file.close()
        let study = try fixture.study(plugins: [copy])
        #expect(try fixture.run(study).cells.contains { $0.cell.kind == .tune && !$0.isFinished })
        let accepting = try fixture.run(study, acceptsBuilds: true)
        let isWhole = accepting.cells.allSatisfy { $0.isFinished }
        #expect(isWhole)
        let tables = try accepting.results().tables
        #expect(tables.first?.rows.isEmpty == false)
    }

    @Test func tasksWithTheSameContentAreDoneOnce() throws {
        let yaml = StudyFixture.yaml()
        let start = try #require(yaml.range(of: "  cb:"))
        let end = try #require(yaml.range(of: "seeds:"))
        let twin = yaml[start.lowerBound..<end.lowerBound].replacing("  cb:", with: "  twin:")
        let study = try fixture.study(yaml.replacing("seeds:", with: twin + "\nseeds:"))
        let run = try fixture.run(study)
        try run.finish()
        #expect(run.failures.isEmpty)
        #expect(run.doneCount == Set(run.cells.map(\.cell.name)).count)
        #expect(run.cells.count == 2 * run.doneCount)
    }

    @Test func storeThatCannotBeMadeIsToldWithCode74() throws {
        try fixture.folder.write("in the way", to: "file")
        let study = try fixture.study()
        let refused = refusal { _ = try fixture.run(study, store: "file/store") }
        #expect(refused?.code == 74)
        #expect(refused?.sentence.contains("file/store") == true)
    }

    @Test func storeIsHeldByOneRun() throws {
        let folder = URL(filePath: fixture.folder.path("store"))
        let held = try Store(folder: folder)
        let refused = refusal { _ = try Store(folder: folder) }
        #expect(refused?.code == 74)
        #expect(refused?.sentence.contains("another run") == true)
        withExtendedLifetime(held) {}
    }

    @Test func severalWorkersFindTheSame() throws {
        let study = try fixture.study(StudyFixture.yaml(seeds: "[1, 2]"))
        let alone = try fixture.run(study, store: "alone")
        try alone.finish()
        let together = try fixture.run(study, store: "together", workers: 2)
        try together.finish()
        #expect(together.failures.isEmpty)
        for cell in alone.cells.map(\.cell) where cell.kind == .evaluate {
            let file = "/cells/\(cell.name)/scores.jsonl"
            #expect(
                try Data(contentsOf: URL(filePath: fixture.folder.path("alone" + file)))
                    == Data(contentsOf: URL(filePath: fixture.folder.path("together" + file))))
        }
    }
}
