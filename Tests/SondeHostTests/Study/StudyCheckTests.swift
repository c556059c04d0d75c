import Foundation
import SondeHost
import TestSupport
import Testing

/// What does not fit the plugins or the data is told, with its place, before any prompt is tuned.
@Suite struct StudyCheckTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func names(_ run: StudyRun, _ kind: CellKind) -> [String] {
        run.cells.map(\.cell).filter { $0.kind == kind }.map(\.name)
    }

    private func refused(_ yaml: String, plugins: [String] = []) throws -> String {
        let refused = try #require(
            refusal {
                let study = try fixture.study(yaml, plugins: plugins)
                _ = try fixture.run(study)
            })
        #expect(refused.code == 65)
        return refused.sentence.replacing(fixture.folder.path + "/", with: "")
    }

    @Test(arguments: [
        (
            StudyFixture.yaml(probes: "{nearest: {probe: semantics, neighbors: 5}}"),
            "study.yaml:14:38: unknown option 'neighbors' of probe 'semantics'; did you mean 'neighbours'?"
        ),
        (
            StudyFixture.yaml(probes: "{nearest: {probe: semantic}}"),
            "study.yaml:14:27: There is no probe 'semantic' (there are semantics); did you mean 'semantics'?"
        ),
        (
            StudyFixture.yaml(tuning: "{rows: 0}"),
            "study.yaml:12:16: the option 'rows' of tuning must be a whole number from 1 to 4096, not 0"
        ),
        (
            StudyFixture.yaml(tuning: "{rows: 2, epoch: 1}"),
            "study.yaml:12:19: unknown option 'epoch' of tuning; did you mean 'epochs'?"
        ),
        (
            StudyFixture.yaml(tuning: "{initialisation: text}"),
            "study.yaml:12:9: the initialisation 'text' needs the option 'text', the words that the prompt begins as: "
                + "task 'cb' writes its template out"
        ),
        (
            StudyFixture.yaml(dataset: "jsonline"),
            "study.yaml:6:14: There is no dataset 'jsonline' (there are advglue, csv, ethics, glue, imdb, jsonlines, "
                + "movie-rationales, superglue); did you mean 'jsonlines'?"
        ),
        (
            StudyFixture.yaml(options: "{train: nowhere.jsonl, labels: [a]}"),
            "study.yaml:7:22: there is no file or folder nowhere.jsonl"
        ),
        (
            StudyFixture.yaml(options: "{train: train.jsonl}"),
            "study.yaml:5:3: dataset 'jsonlines' needs the option 'labels'"
        ),
        (
            StudyFixture.yaml(metrics: "[accuracy, {metric: accuracy}]"),
            "study.yaml:13:21: the metric 'accuracy' stands twice"
        ),
        (
            StudyFixture.yaml(template: "{premis} answer:"),
            "study.yaml:8:15: The template of task 'cb' names the field 'premis', which the dataset does not have "
                + "(it has premise, hypothesis, idx); did you mean 'premise'?"
        ),
        (
            StudyFixture.yaml(candidates: #"{entailment: " yes", contradiction: " no"}"#),
            "study.yaml:8:15: Task 'cb' has no candidate for the label 'neutral'."
        ),
        (
            StudyFixture.yaml(taskExtra: "variants: {maskd: {template: '{premise}'}}"),
            "study.yaml:10:16: a variant is for an architecture or a type of models, not 'maskd'; did you mean 'masked'?"
        ),
        (
            StudyFixture.yaml(taskExtra: "scoring: first"),
            "study.yaml:10:14: unknown scoring 'first'; there are sequence, first-token"
        ),
        (
            StudyFixture.yaml(taskExtra: "scoring: first-token", metrics: "[exact-match]"),
            "study.yaml:5:3: metric 'exact-match' compares whole answers, of which task 'cb' scores the first token alone"
        ),
        (
            StudyFixture.yaml(taskExtra: "test: tset"),
            "study.yaml:10:11: task 'cb' has no split 'tset' for 'test'; did you mean 'test'?"
        ),
    ])
    func misfitIsRefusedWithItsPlace(yaml: String, sentence: String) throws {
        #expect(try refused(yaml) == sentence)
    }

    @Test func folderThatIsNoCheckpointIsRefused() throws {
        #expect(try refused(StudyFixture.yaml(model: "tiny: nowhere")).hasPrefix("study.yaml:3:9: nowhere: "))
    }

    @Test func probeThatNeedsWhatTheModelCannotDoIsRefused() throws {
        let probe = try fixture.compile(CPlugin.probe(needs: "generation"))
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("masked"),
            withDestinationPath: BuiltProducts.package + "/Tests/Fixtures/roberta/three-heads/model")
        let yaml = StudyFixture.yaml(model: "tiny: masked", probes: "{p: {probe: probe}}")
        #expect(
            try refused(yaml, plugins: [probe])
                == "study.yaml:3:3: probe 'p' needs the capability 'generation', which models of 'roberta' do not have"
        )
    }

    @Test func metricThatComparesTextsNeedsAModelThatCanSayThem() throws {
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("masked"),
            withDestinationPath: BuiltProducts.package + "/Tests/Fixtures/roberta/three-heads/model")
        #expect(
            try refused(StudyFixture.yaml(model: "tiny: masked", metrics: "[accuracy, exact-match]"))
                == "study.yaml:3:3: metric 'exact-match', which compares what is said, needs the capability "
                + "'generation', which models of 'roberta' do not have")
    }

    @Test func malformedRowIsToldWithFileAndLine() throws {
        try fixture.folder.write("{\"premise\": \n", to: "test.jsonl")
        let sentence = try refused(StudyFixture.yaml())
        #expect(sentence.hasPrefix("study.yaml:6:14: "))
        #expect(sentence.contains("test.jsonl:1"))
    }

    @Test func taskMayOverrideTheRecipe() throws {
        let study = try fixture.study(StudyFixture.yaml(taskExtra: "tuning: {rows: 3}"))
        let run = try fixture.run(study)
        let same = try fixture.study(
            StudyFixture.yaml(tuning: "{rows: 3, epochs: 1, batch_size: 8, initialisation: noise}"))
        let twin = try fixture.run(same, store: "other")
        let other = try fixture.run(fixture.study(), store: "third")
        #expect(names(run, .tune) == names(twin, .tune))
        #expect(names(run, .tune) != names(other, .tune))
    }
}
