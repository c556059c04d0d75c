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

    private static let fixtures = BuiltProducts.package + "/Tests/Fixtures"

    @Test("The same recipe gives PEFT's losses after every epoch and PEFT's prompt")
    func parity() throws {
        let file = try JSONValue(
            parsing: Data(contentsOf: URL(filePath: Self.fixtures + "/tuning/reference.json")))
        let reference = try #require(file["prompt"]).decoded(as: Reference.self)
        let recipe = try TuningRecipe([
            "rows": .integer(Int64(reference.rows)), "initialisation": "text",
            "text": .string(reference.initial_text), "epochs": .integer(Int64(reference.epochs)),
            "learning_rate": .number(reference.learning_rate), "batch_size": 16, "tokens_per_pass": 30,
        ])
        let job = try Self.job(recipe, candidates: reference.candidates)
        let outcome = try PromptTuner(job, host: HostRuntime(threads: 1)).run()
        #expect(outcome.initial.values == reference.initial)
        #expect(outcome.course.history.count == reference.history.count)
        for (own, expected) in zip(outcome.course.history, reference.history) {
            #expect(abs(own.trainingLoss - expected.training_loss) < 1e-4)
            #expect(abs((own.evaluationLoss ?? .nan) - expected.evaluation_loss) < 1e-4)
        }
        #expect(outcome.course.bestStep == reference.epochs)
        let values = outcome.prompt.values.values
        let distance = zip(values, reference.values).reduce(0.0) {
            $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        let norm = reference.values.reduce(0.0) { $0 + Double($1) * Double($1) }
        // AdamW divides by the gradient's own size, which magnifies roundings where a gradient is almost 0.
        #expect((distance / norm).squareRoot() < 1e-3)
    }

    /// In a process of its own, because runtimes of other tests change the number of threads, and with it the bits.
    @Test("The same seed gives the same bits, also when tuning stops in between")
    func determinism() async {
        await #expect(processExitsWith: .success) {
            let host = HostRuntime(threads: 1)
            let recipe = try TuningRecipe(["rows": 4, "epochs": 4, "batch_size": 4])
            let expected = try PromptTuner(PromptTuningTests.job(recipe), host: host).run().prompt.values
            try #require(
                try PromptTuner(PromptTuningTests.job(recipe), host: host).run().prompt.values == expected)
            let folder = try TemporaryFolder()
            let job = try PromptTuningTests.job(recipe, checkpoint: folder.path("checkpoint"))
            let stopping = HostRuntime(threads: 1)
            try #require(throws: HostError.self) {
                try PromptTuner(job, host: stopping).run { event in
                    if case .step(let step) = event, step.step == 3 { stopping.cancel() }
                }
            }
            try #require(try PromptTuner(job, host: host).run().prompt.values == expected)
        }
    }

    private static func job(
        _ recipe: TuningRecipe, candidates: [String] = [" no", " yes and no"], checkpoint: String? = nil
    ) throws -> TuningJob {
        let model = try BundledPlugins.model(directory: fixtures + "/bloom/four-heads/model")
        let dataset = try BundledPlugins.dataset(
            "jsonlines",
            [
                "train": .string(fixtures + "/tuning/train.jsonl"),
                "validation": .string(fixtures + "/tuning/validation.jsonl"), "labels": ["no", "yes"],
            ])
        let task = try EncodedTask(
            TaskDefinition(name: "t", template: "{text} :", candidates: .inLabelOrder(candidates)),
            dataset: dataset, model: model, promptRows: recipe.rows)
        return TuningJob(
            model: model, names: (model: "tiny", task: "t"),
            training: try recipe.rows(of: task, split: "train"),
            evaluation: try recipe.rows(of: task, split: "validation"), recipe: recipe, seed: 1,
            checkpoint: checkpoint)
    }
}
