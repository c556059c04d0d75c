import SondeHost
import SondeJSON
import SondeSDK
import Testing

@Suite("Templates that a dataset brings")
struct NamedTemplateTests {
    private let dataset = TableDataset(
        fields: ["text"], labels: ["no", "yes"], ("train", [(["x"], 1)]),
        templates: [
            NamedTemplate(name: "plain", text: "{text} plain", candidates: [" n", " y"]),
            NamedTemplate(
                name: "paper", text: "{text} typed", candidates: ["N", "Y"], models: ["other", "bytes"]),
            NamedTemplate(name: "paper", text: "{text} causal", candidates: ["N", "Y"], models: ["causal"]),
            NamedTemplate(name: "mask", text: "{text} mask", candidates: ["N", "Y"], models: ["masked"]),
            NamedTemplate(name: "mask", text: "{text} any", candidates: ["N", "Y"]),
        ])

    private func text(_ name: String, _ change: (ByteModel) -> Void = { _ in }) throws -> String {
        try text(.named(name), change)
    }

    private func text(_ wording: TaskWording, _ change: (ByteModel) -> Void = { _ in }) throws -> String {
        let model = ByteModel()
        change(model)
        let task = try EncodedTask(
            TaskDefinition(name: "t", wording: wording), dataset: dataset, model: model, promptRows: 0)
        return model.decode(Array(try task.rows(split: "train").texts[0]))
    }

    @Test(
        "The variant for the model's type wins over the one for its architecture, that over the one for all")
    func variants() throws {
        #expect(try text("plain") == "x plain")
        #expect(try text("paper") == "x typed")
        #expect(try text("mask") == "x any")
        #expect(try text("mask") { $0.architecture = .masked } == "x mask")
        #expect(try text("paper") { $0.architecture = .masked } == "x typed")
        #expect(try text("paper") { $0.modelType = "third" } == "x causal")
    }

    @Test("A study's variant for the type wins over the one for the architecture, that over the template")
    func writtenVariants() throws {
        func variant(_ template: String) -> WrittenVariant {
            WrittenVariant(template: template, candidates: .inLabelOrder(["N", "Y"]))
        }
        let wording = TaskWording.written(
            template: "{text} all", candidates: .inLabelOrder(["n", "y"]),
            variants: ["masked": variant("{text} mask"), "other": variant("{text} typed")])
        #expect(try text(wording) == "x all")
        #expect(try text(wording) { $0.architecture = .masked } == "x mask")
        #expect(
            try text(wording) {
                $0.modelType = "other"
                $0.architecture = .masked
            } == "x typed")
        let task = TaskDefinition(name: "t", wording: wording)
        #expect(try JSONValue(encoding: task).decoded(as: TaskDefinition.self) == task)
    }

    @Test("A name that the dataset does not have, or not for the model, is refused with what there is")
    func refusals() {
        #expect(
            performing: { try text("papr") },
            throws: sentence(containing: "'papr'", "plain, paper, mask", "did you mean 'paper'?"))
        #expect(
            performing: {
                try text("paper") {
                    $0.modelType = "third"
                    $0.architecture = .masked
                }
            }, throws: sentence(containing: "other, bytes, causal", "'third' (masked)"))
        #expect(
            performing: {
                try TaskBinding(
                    TaskDefinition(name: "t", wording: .named("plain")),
                    dataset: DatasetDescription(fields: [], labels: [], splits: [], digest: ""))
            }, throws: sentence(containing: "brings no templates"))
    }

    @Test("A description without templates, notes and labelled is one of older datasets")
    func olderDescriptions() throws {
        let json = try JSONValue(
            parsing:
                #"{"fields": ["a"], "labels": ["x"], "splits": [{"name": "t", "count": 1, "file": "f"}], "digest": ""}"#
        )
        let description = try json.decoded(as: DatasetDescription.self)
        #expect(description.templates.isEmpty && description.notes.isEmpty)
        #expect(description.splits[0].isLabelled)
        #expect(try JSONValue(encoding: description).decoded(as: DatasetDescription.self) == description)
    }

    @Test("A task with a named template survives being written as JSON")
    func coding() throws {
        let task = TaskDefinition(name: "n", wording: .named("paper"), maximumTokens: 9)
        #expect(try JSONValue(encoding: task).decoded(as: TaskDefinition.self) == task)
    }
}
