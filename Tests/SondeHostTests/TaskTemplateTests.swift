import SondeHost
import SondeJSON
import SondeSDK
import Testing

@Suite("Templates and the task's names")
struct TaskTemplateTests {
    private let description = DatasetDescription(
        fields: ["premise", "hypothesis", "choice1", "choice2"], labels: ["no", "yes"],
        splits: [.init(name: "train", count: 1, file: "train.jsonl")], digest: "")

    private func binding(
        _ template: String, _ candidates: CandidateTexts = .inLabelOrder([" no", " yes"])
    ) throws -> TaskBinding {
        try TaskBinding(
            TaskDefinition(name: "rte", template: template, candidates: candidates), dataset: description)
    }

    @Test("Fields are filled in and everything else is verbatim")
    func filling() throws {
        let template = try Template(" {a}  question: {b}{a} ")
        #expect(template.fields == ["a", "b"])
        #expect(template.text(["é{b}", "2"]) == " é{b}  question: 2é{b} ")
    }

    @Test("Doubled braces stand for braces")
    func escapes() throws {
        #expect(try Template("{{{a}}} {{}}").text(["x"]) == "{x} {}")
    }

    @Test(
        "A misplaced brace is reported with its place",
        arguments: [
            ("ab {premise", TemplateProblem.unclosed(column: 4)), ("a} b", .stray(column: 2)),
            ("{}", .nameless(column: 1)), ("{a{b}", .unclosed(column: 1)),
        ])
    func misplaced(_ source: String, _ problem: TemplateProblem) {
        #expect(throws: problem) { try Template(source) }
    }

    @Test("An unknown field is reported with the nearest one")
    func unknownField() {
        #expect(
            performing: { try binding("{premise} {hypotesis}") },
            throws: sentence(containing: "'hypotesis'", "did you mean 'hypothesis'?"))
    }

    @Test("Candidates by label are put into the labels' order")
    func candidatesByLabel() throws {
        let dataset = TableDataset(fields: ["premise"], labels: ["no", "yes"], ("train", [(["x"], 1)]))
        let task = try EncodedTask(
            TaskDefinition(
                name: "t", template: "{premise}", candidates: .byLabel(["yes": " Y", "no": " N"])),
            dataset: dataset, model: ByteModel(), promptRows: 0)
        let rows = try task.rows(split: "train")
        #expect(
            rows.candidates
                == Ragged([Array(" N".utf8).map { Int32($0) }, Array(" Y".utf8).map { Int32($0) }]))
    }

    @Test("Labels and candidates must match one to one")
    func mismatches() {
        #expect(
            performing: { try binding("{premise}", .byLabel(["yes": " Y"])) },
            throws: sentence(containing: "no candidate for the label 'no'"))
        #expect(
            performing: { try binding("{premise}", .byLabel(["yess": " Y", "no": " N"])) },
            throws: sentence(containing: "'yess'", "did you mean 'yes'?"))
        #expect(
            performing: { try binding("{premise}", .inLabelOrder(["a", "b", "c"])) },
            throws: sentence(containing: "3 candidates for 2 labels"))
        #expect(
            performing: { try binding("{premise}", .inLabelOrder([" yes", " yes"])) },
            throws: sentence(containing: "' yes' for two labels"))
    }

    @Test("Words that would run together are warned about, and only those")
    func warnings() throws {
        #expect(try binding("{premise} answer:", .inLabelOrder(["no", " yes"])).warnings.count == 1)
        #expect(try binding("{premise} answer: ", .inLabelOrder(["no", "yes"])).warnings.isEmpty)
        #expect(try binding("{premise}", .inLabelOrder([" {choice1}", "{choice2}"])).warnings.count == 1)
    }

    @Test("A task definition survives being written as JSON")
    func coding() throws {
        for candidates in [CandidateTexts.inLabelOrder([" a"]), .byLabel(["x": " a"])] {
            let task = TaskDefinition(name: "n", template: "{t}", candidates: candidates, maximumTokens: 9)
            #expect(try JSONValue(encoding: task).decoded(as: TaskDefinition.self) == task)
        }
    }
}
