import Foundation
import SondeHost
import SondeSDK
import TestSupport
import Testing

/// What a study does with data: parts of them, splits that are missing, splits that share examples.
@Suite struct StudyDataTests {
    private let fixture: StudyFixture
    private static let labels = "labels: [entailment, contradiction, neutral]"

    init() throws {
        fixture = try StudyFixture()
    }

    private func refused(_ yaml: String) throws -> String {
        try #require(refusal { _ = try fixture.run(fixture.study(yaml)) }).sentence
            .replacing(fixture.folder.path + "/", with: "")
    }

    private func warnings(_ yaml: String) throws -> (run: StudyRun, warnings: [String]) {
        var warnings: [String] = []
        let run = try fixture.run(fixture.study(yaml)) { event in
            if case .warning(let warning) = event { warnings.append(warning) }
        }
        return (run, warnings)
    }

    @Test func namedTemplateIsTheDatasets() throws {
        let yaml = StudyFixture.yaml(template: "neutral").replacing(
            /\n    candidates: [^\n]*/, with: "")
        let cells = try fixture.run(fixture.study(yaml)).cells.map(\.cell)
        let written = StudyFixture.yaml(
            template: #"premise: {premise}\nhypothesis: {hypothesis}\nlabel:"#,
            candidates: #"[" entailment", " contradiction", " neutral"]"#)
        let twins = try fixture.run(fixture.study(written), store: "other").cells.map(\.cell)
        #expect(cells.map(\.title) == twins.map(\.title))
        #expect(
            try refused(yaml.replacing("\"neutral\"", with: "netral"))
                == "study.yaml:8:15: The dataset of task 'cb' brings no template 'netral' (it has neutral); did you mean "
                + "'neutral'?")
        #expect(
            try refused(StudyFixture.yaml(template: "neutral")).hasPrefix(
                "study.yaml:9:5: the template 'neutral' of task 'cb' brings its candidates"))
    }

    @Test(arguments: [
        ("{limit: 0}", "study.yaml:10:23: a limit must be 1 or more, not 0"),
        (
            "{hold_out: 1}",
            "study.yaml:10:26: 'hold_out' must be a share between 0 and 1, such as 0.1 for a tenth"
        ),
        (
            "{seed: 1}",
            "study.yaml:10:15: 'examples' has neither 'limit' nor 'hold_out', so it changes nothing"
        ),
        ("{limits: 1}", "study.yaml:10:16: unknown key 'limits' of 'examples'; did you mean 'limit'?"),
        ("{limit: 2, per_label: 1}", "study.yaml:10:37: 'per_label' must be true or false"),
        (
            "{limit: {tset: 2}}",
            "study.yaml:6:14: There is no split 'tset' for 'limit', only train, validation, test; did you mean 'test'?"
        ),
    ])
    func examplesAreChecked(examples: String, sentence: String) throws {
        #expect(try refused(StudyFixture.yaml(taskExtra: "examples: \(examples)")) == sentence)
    }

    @Test func fewerExamplesAreOtherCells() throws {
        let limited = StudyFixture.yaml(taskExtra: "examples: {limit: {train: 5, test: 7}, seed: 4}")
        let run = try fixture.run(fixture.study(limited))
        try run.finish()
        #expect(run.failures.isEmpty)
        let table = try #require(run.results().tables.first)
        #expect(table.rows[0].last?.value == 7)
        let other = try fixture.run(fixture.study(), store: "other")
        #expect(Set(run.cells.map(\.cell.name)).isDisjoint(with: other.cells.map(\.cell.name)))
    }

    @Test func heldOutExamplesChooseThePrompt() throws {
        let options = "{train: train.jsonl, test: test.jsonl, \(Self.labels)}"
        let bare = try warnings(StudyFixture.yaml(options: options))
        #expect(bare.warnings.contains { $0.contains("no split 'validation'") && $0.contains("hold_out") })
        let held = StudyFixture.yaml(options: options, taskExtra: "examples: {hold_out: 0.25}")
        #expect(try warnings(held).warnings.isEmpty)
    }

    @Test func taskWithoutTrainingSplitIsOnlyEvaluated() throws {
        let (run, warnings) = try warnings(
            StudyFixture.yaml(options: "{test: test.jsonl, \(Self.labels)}"))
        #expect(warnings.contains { $0.contains("no split 'train', so no prompt is tuned") })
        #expect(!run.cells.contains { $0.cell.kind == .tune })
        try run.finish()
        #expect(run.failures.isEmpty)
        #expect(try run.results().tables.first?.rows.count == 1)
        #expect(
            try refused(
                StudyFixture.yaml(options: "{test: test.jsonl, \(Self.labels)}", taskExtra: "train: train"))
                == "study.yaml:10:12: task 'cb' has no split 'train' for 'train'; there are test")
    }

    @Test func splitWithoutLabelsIsRefusedBeforeAnythingRuns() throws {
        let rows = try String(contentsOfFile: fixture.folder.path("test.jsonl"), encoding: .utf8)
        try fixture.folder.write(
            rows.replacing(/, "label": "[a-z]*"/, with: ""), to: "test.jsonl")
        let sentence = try refused(StudyFixture.yaml())
        #expect(sentence.hasPrefix("study.yaml:5:3: the split 'test' of task 'cb' has no labels"))
        #expect(sentence.hasSuffix("name another with 'test': train, validation"))
    }

    @Test func sharedExamplesAreToldAndReported() throws {
        let options = "{train: train.jsonl, validation: train.jsonl, test: test.jsonl, \(Self.labels)}"
        let (run, warnings) = try warnings(StudyFixture.yaml(options: options))
        #expect(
            warnings.contains {
                $0.contains("24 of 24 examples of 'validation' have the text of one of 'train'")
            })
        try run.finish()
        let page = try StudyReport(run, registry: fixture.registry([])).write(
            to: URL(filePath: fixture.folder.path("report")))
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.contains("24 of the 24 examples of"))
    }

    @Test func splitThatChoosesAndTestsIsToldInOneSentence() throws {
        let (run, warnings) = try warnings(StudyFixture.yaml(taskExtra: "test: validation"))
        #expect(
            warnings == [
                "Task 'cb': the split 'validation' both chooses the best epoch and is the test, so what is reported is "
                    + "optimistic."
            ])
        try run.finish()
        let page = try StudyReport(run, registry: fixture.registry([])).write(
            to: URL(filePath: fixture.folder.path("report")))
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.contains("both chooses the best epoch and is the test"))
        #expect(!html.contains("have the text of one of"))
        let learned = try self.warnings(StudyFixture.yaml(taskExtra: "test: train")).warnings
        #expect(learned.contains { $0.contains("'train' is both learned from and the test") })
    }

    @Test func promptBeginsAsTheWordsOfTheNamedTemplate() throws {
        let options = "{task: cb, path: \(BuiltProducts.package)/samples/data/superglue/CB}"
        func study(_ template: String, _ tuning: String) -> String {
            StudyFixture.yaml(
                dataset: "superglue", options: options, template: template,
                tuning: "{rows: 2, epochs: 1, initialisation: text\(tuning)}"
            ).replacing(/\n    candidates: [^\n]*/, with: "")
        }
        func tuned(_ yaml: String, _ store: String) throws -> [String] {
            try fixture.run(fixture.study(yaml), store: store).cells.map(\.cell).filter { $0.kind == .tune }
                .map(\.name)
        }
        let words = "Does the hypothesis entail, contradict or is neutral about the premise?"
        let brought = try tuned(study("paper-b", ""), "brought")
        #expect(try tuned(study("paper-b", #", text: "\#(words)""#), "written") == brought)
        #expect(try tuned(study("paper-b", ", text: Other words"), "other") != brought)
        #expect(
            try refused(study("neutral", ""))
                == "study.yaml:11:9: the initialisation 'text' needs the option 'text', the words that the prompt "
                + "begins as: the template 'neutral' of task 'cb' brings none")
    }

    @Test func promptThatAnswersTheSameEverywhereIsReported() throws {
        let yaml = StudyFixture.yaml(
            candidates: #"{entailment: " yes", contradiction: " xylophone", neutral: " quarrelsome"}"#,
            tuning:
                "{rows: 1, epochs: 1, batch_size: 24, initialisation: noise, standard_deviation: 0, learning_rate: 1.0e-9}"
        )
        let run = try fixture.run(fixture.study(yaml))
        try run.finish()
        let page = try StudyReport(run, registry: fixture.registry([])).write(
            to: URL(filePath: fixture.folder.path("report")))
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.contains("1 of 1 tuned prompt of tiny give every example the same answer"))
    }
}
