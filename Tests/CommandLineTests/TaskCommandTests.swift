import TestSupport
import Testing

/// `sonde task show` end to end.
@Suite struct TaskCommandTests {
    private let home: TemporaryFolder
    private static let data = BuiltProducts.package + "/samples/data/superglue"
    private static let model = BuiltProducts.package + "/samples/models/tiny-bloom"

    init() throws {
        home = try TemporaryFolder()
    }

    private func show(_ arguments: String...) throws -> CommandRun {
        try CommandRun.sonde(["task", "show"] + arguments, home: home)
    }

    @Test("A dataset from the command line, with a model, without colours in a pipe")
    func dataset() throws {
        let run = try show(
            "superglue", "--option", "task=copa", "--option", "path=\(Self.data)/COPA", "--model", Self.model,
            "--template", "{premise} {connective}", "--candidates", "[' {choice1}', ' {choice2}']",
            "--examples", "1", "--split", "test")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Lengths of test (tokens)"))
        #expect(run.output.contains("prompt × 8|"))
        #expect(run.output.contains("brought   neutral, paper-b"))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test("Paper B's template is shown with the words that its prompt begins as")
    func namedTemplate() throws {
        let run = try show(
            "superglue", "--option", "task=rte", "--option", "path=\(Self.data)/RTE", "--template", "paper-b")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("begins as Does the hypothesis entail, or not entail the premise?"))
        #expect(run.output.contains("Lengths of train (words)"))
    }

    @Test("A task of a study")
    func study() throws {
        let run = try show("wsc", "--study", BuiltProducts.package + "/samples/quickstart.yaml")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Labels of wsc"))
    }

    @Test("What is wrong is one sentence and a code")
    func refusals() throws {
        let usage = try show("superglue", "--option", "task")
        #expect(usage.status == 64 && usage.errors.contains("NAME=VALUE"))
        let option = try show("superglue", "--option", "taks=cb")
        #expect(option.status == 65)
        #expect(option.errors.contains("--option taks: unknown option 'taks'"))
        #expect(option.errors.contains("did you mean 'task'?"))
        let missing = try show("superglue", "--option", "task=cb")
        #expect(missing.status == 65 && missing.errors.contains("needs the option 'path'"))
        let both = try show("cb", "--study", "s.yaml", "--template", "x")
        #expect(both.status == 64)
        let template = try show(
            "superglue", "--option", "task=rte", "--option", "path=\(Self.data)/RTE", "--template", "papr-b")
        #expect(template.status == 65 && template.errors.contains("did you mean 'paper-b'?"))
    }
}
