import Foundation
import SondeHost
import TestSupport
import Testing

/// A cell's name changes with what it depends on and with nothing else.
@Suite struct CellNamingTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func names(
        _ yaml: String = StudyFixture.yaml(), plugins: [String] = []
    ) throws -> [CellKind: [String]] {
        let run = try fixture.run(
            fixture.study(yaml, plugins: plugins), store: "store-\(UUID().uuidString)")
        return Dictionary(grouping: run.cells.map(\.cell), by: \.kind).mapValues { $0.map(\.name) }
    }

    @Test func recipeChangesWhatIsTunedAndWhatReadsIt() throws {
        let before = try names(StudyFixture.yaml(probes: "{nearest: {probe: semantics}}"))
        let after = try names(
            StudyFixture.yaml(
                tuning: "{rows: 2, epochs: 1, batch_size: 4, initialisation: noise}",
                probes: "{nearest: {probe: semantics}}"))
        #expect(before[.tune] != after[.tune])
        #expect(before[.measure] != after[.measure])
        #expect(before[.conclude] != after[.conclude])
        #expect(before[.majority] == after[.majority])
        // Without a prompt nothing has changed; with one everything has.
        #expect(before[.evaluate]?.first == after[.evaluate]?.first)
        #expect(before[.evaluate]?.last != after[.evaluate]?.last)
    }

    @Test func optionOfAProbeChangesItsOwnCellsAlone() throws {
        let before = try names(StudyFixture.yaml(probes: "{nearest: {probe: semantics}}"))
        let after = try names(StudyFixture.yaml(probes: "{nearest: {probe: semantics, neighbours: 3}}"))
        #expect(before[.measure] != after[.measure])
        #expect(before[.tune] == after[.tune])
    }

    @Test func dataChangeEverything() throws {
        let before = try names()
        let file = fixture.folder.path("train.jsonl")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropLast()
        try fixture.folder.write(lines.joined(separator: "\n") + "\n", to: "train.jsonl")
        let after = try names()
        #expect(before[.tune] != after[.tune])
        #expect(before[.majority] != after[.majority])
    }

    @Test func otherNamesAndPlacesAreNoNewWork() throws {
        let before = try names()
        for file in ["train.jsonl", "val.jsonl", "test.jsonl"] {
            let text = try String(contentsOfFile: fixture.folder.path(file), encoding: .utf8)
            try fixture.folder.write(text, to: "elsewhere/" + file)
        }
        let after = try names(
            StudyFixture.yaml(
                model: "small: tiny", task: "renamed",
                options: "{train: elsewhere/train.jsonl, validation: elsewhere/val.jsonl, "
                    + "test: elsewhere/test.jsonl, labels: [entailment, contradiction, neutral]}"))
        #expect(before == after)
    }

    @Test func rebuiltPluginDoesItsCellsAnew() throws {
        let copy = fixture.folder.path("libClassification.so")
        try FileManager.default.copyItem(atPath: BuiltProducts.plugin("Classification"), toPath: copy)
        // Bytes after the end of an ELF file mean nothing to the loader.
        let file = try #require(FileHandle(forWritingAtPath: copy))
        try file.seekToEnd()
        try file.write(contentsOf: Data([0]))
        try file.close()
        let before = try names()
        let after = try names(plugins: [copy])
        #expect(before[.metric] != after[.metric])
        #expect(before[.evaluate] == after[.evaluate])
    }
}
