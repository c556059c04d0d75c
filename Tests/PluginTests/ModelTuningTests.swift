import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("Tuning models through plugins against torch")
struct ModelTuningTests {
    /// What torch says (Tests/References/record_tuning.py).
    struct Reference: Decodable, CustomTestStringConvertible {
        struct Evaluation: Decodable {
            var training_loss: Double
            var evaluation_loss: Double
        }

        var model: String
        var template: String
        var candidates: [String]
        var epochs: Int
        var learning_rate: Double
        var clip_norm: Double
        var parameters: Int
        var history: [Evaluation]

        var testDescription: String { model }

        static let all = Result {
            try JSONValue(
                parsing: Data(contentsOf: URL(filePath: ModelTuningTests.fixtures + "/tuning/reference.json"))
            )[
                "models"]?.decoded(as: [Reference].self) ?? []
        }
    }

    private static let fixtures = BuiltProducts.package + "/Tests/Fixtures"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The same recipe gives torch's losses after every epoch", arguments: try Reference.all.get())
    func parity(_ reference: Reference) throws {
        let recipe = try TuningRecipe([
            "method": "model", "epochs": .integer(Int64(reference.epochs)), "batch_size": 16,
            "tokens_per_pass": 30, "learning_rate": .number(reference.learning_rate),
            "clip_norm": .number(reference.clip_norm),
        ])
        let setting = try Setting(reference, recipe, folder)
        let course = try ModelTuner(setting.job, host: HostRuntime(threads: 1)).run()
        #expect(course.trainedParameters == reference.parameters)
        #expect(course.frozenParameters == 0)
        #expect(course.history.count == reference.history.count)
        for (own, expected) in zip(course.history, reference.history) {
            #expect(abs(own.trainingLoss - expected.training_loss) < 1e-4)
            #expect(abs((own.evaluationLoss ?? .nan) - expected.evaluation_loss) < 1e-4)
        }
    }

    @Test("The model ends with the weights of its best evaluation", arguments: try Reference.all.get())
    func bestWeights(_ reference: Reference) throws {
        // Large steps make the loss jump about.
        let recipe = try TuningRecipe([
            "method": "model", "epochs": 8, "batch_size": 2, "learning_rate": 1, "schedule": "constant",
        ])
        let setting = try Setting(reference, recipe, folder)
        let course = try ModelTuner(setting.job, host: HostRuntime(threads: 1)).run()
        let losses = course.history.compactMap(\.evaluationLoss)
        #expect(course.bestStep < course.steps)
        let rows = try #require(setting.job.evaluation)
        let result = try setting.model.run(Pass(rows: rows, scoring: nil, loss: .language))
        let loss = result.lossSums[0] / Double(result.lossCounts[0])
        #expect(abs(loss - (try #require(losses.min()))) < 1e-5)
    }

    /// In a process of its own, because runtimes of other tests change the number of threads, and with it the bits.
    @Test("Stopped and taken up again by another instance, the same losses come out")
    func resuming() async {
        await #expect(processExitsWith: .success) {
            let recipe = try TuningRecipe([
                "method": "model", "epochs": 4, "batch_size": 2, "learning_rate": 0.01, "clip_norm": 0.5,
            ])
            let reference = try ModelTuningTests.Reference.all.get()[0]
            func losses(_ course: TuningCourse) -> [Double?] {
                course.history.map(\.trainingLoss) + course.history.map(\.evaluationLoss)
            }
            let host = HostRuntime(threads: 1)
            let elsewhere = try TemporaryFolder()
            let whole = try Setting(reference, recipe, elsewhere)
            let expected = try ModelTuner(whole.job, host: host).run()
            let folder = try TemporaryFolder()
            let stopping = HostRuntime(threads: 1)
            try #require(throws: HostError.self) {
                let first = try Setting(reference, recipe, folder)
                _ = try ModelTuner(first.job, host: stopping).run { event in
                    if case .step(let step) = event, step.step == 5 { stopping.cancel() }
                }
            }
            let second = try Setting(reference, recipe, folder)
            var resumedAt: Int?
            let course = try ModelTuner(second.job, host: host).run { event in
                if case .resumed(let step) = event { resumedAt = step }
            }
            try #require(resumedAt == 5)
            try #require(losses(course) == losses(expected))
            try #require(try second.scores == whole.scores)
        }
    }

    @Test("A prompt's options make no difference to a model's recipe")
    func normalised() throws {
        let plain = try TuningRecipe(["method": "model"])
        #expect(try TuningRecipe(["method": "model", "rows": 20, "initialisation": "noise"]) == plain)
        #expect(plain.rows == 0)
        #expect(plain.learningRate == 5e-5)
        #expect(try TuningRecipe([:]).learningRate == 0.03)
        #expect(try TuningRecipe(["keep_weights": true]) == TuningRecipe([:]))
    }
}

extension ModelTuningTests {
    /// A model and the rows that it learns.
    struct Setting {
        let model: any Model
        let job: TuningJob

        init(
            _ reference: Reference, _ recipe: TuningRecipe, _ folder: TemporaryFolder,
            hasDropout: Bool = false
        ) throws {
            model = try BundledPlugins.model(
                directory: fixtures + "/\(reference.model)/model", ["dropout": .boolean(hasDropout)])
            let dataset = try BundledPlugins.dataset(
                "jsonlines",
                [
                    "train": .string(fixtures + "/tuning/train.jsonl"),
                    "validation": .string(fixtures + "/tuning/validation.jsonl"), "labels": ["no", "yes"],
                ])
            let task = try EncodedTask(
                TaskDefinition(
                    name: "t", template: reference.template,
                    candidates: .inLabelOrder(reference.candidates)),
                dataset: dataset, model: model, promptRows: recipe.rows)
            job = TuningJob(
                model: model, names: (model: "tiny", task: "t"),
                training: try recipe.rows(of: task, split: "train"),
                evaluation: try recipe.rows(of: task, split: "validation"), recipe: recipe, seed: 1,
                checkpoint: folder.path("checkpoint"))
        }

        /// What the model now says of the evaluation rows.
        var scores: [[Double]] {
            get throws {
                try job.evaluation.map { try Scorer().score($0, with: model).candidateScores } ?? []
            }
        }
    }
}
