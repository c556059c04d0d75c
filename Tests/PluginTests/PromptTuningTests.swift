import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("Tuning through plugins against PEFT")
struct PromptTuningTests {
    /// What PEFT says (Tests/References/record_tuning.py).
    private struct Reference: Decodable {
        struct Evaluation: Decodable {
            var training_loss: Double
            var evaluation_loss: Double
        }

        var rows: Int
        var epochs: Int
        var learning_rate: Double
        var initial_text: String
        var candidates: [String]
        var initial: [Float]
        var history: [Evaluation]
        var values: [Float]
    }

    private let fixtures = BuiltProducts.package + "/Tests/Fixtures"

    @Test("The same recipe gives PEFT's losses after every epoch and PEFT's prompt")
    func parity() throws {
        let file = try JSONValue(
            parsing: Data(contentsOf: URL(filePath: fixtures + "/tuning/reference.json")))
        let reference = try #require(file["prompt"]).decoded(as: Reference.self)
        let outcome = try tuned(
            as: reference,
            recipe: TuningRecipe([
                "rows": .integer(Int64(reference.rows)), "initialisation": "text",
                "text": .string(reference.initial_text), "epochs": .integer(Int64(reference.epochs)),
                "learning_rate": .number(reference.learning_rate), "batch_size": 16, "tokens_per_pass": 30,
            ]))
        #expect(outcome.initial.values == reference.initial)
        #expect(outcome.history.count == reference.history.count)
        for (own, expected) in zip(outcome.history, reference.history) {
            #expect(abs(own.trainingLoss - expected.training_loss) < 1e-4)
            #expect(abs((own.evaluationLoss ?? .nan) - expected.evaluation_loss) < 1e-4)
        }
        #expect(outcome.bestStep == reference.epochs)
        let values = outcome.prompt.values.values
        let distance = zip(values, reference.values).reduce(0.0) {
            $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        let norm = reference.values.reduce(0.0) { $0 + Double($1) * Double($1) }
        // AdamW divides by the gradient's own size, which magnifies roundings where a gradient is almost 0.
        #expect((distance / norm).squareRoot() < 1e-3)
    }

    private func tuned(as reference: Reference, recipe: TuningRecipe) throws -> TuningOutcome {
        let model = try BundledPlugins.model(directory: fixtures + "/bloom/four-heads/model")
        let dataset = try BundledPlugins.dataset(
            "jsonlines",
            [
                "train": .string(fixtures + "/tuning/train.jsonl"),
                "validation": .string(fixtures + "/tuning/validation.jsonl"), "labels": ["no", "yes"],
            ])
        let task = try EncodedTask(
            TaskDefinition(name: "t", template: "{text} :", candidates: .inLabelOrder(reference.candidates)),
            dataset: dataset, model: model, promptRows: recipe.rows)
        let job = TuningJob(
            model: model, names: (model: "tiny", task: "t"),
            training: try recipe.rows(of: task, split: "train"),
            evaluation: try recipe.rows(of: task, split: "validation"), recipe: recipe, seed: 1)
        return try Tuner(job, host: HostRuntime(threads: 1)).run()
    }
}
