import Foundation
import SondeSDK

/// Measures, in a worker, what a model takes on a task.
///
/// What is measured stands in the order in which a worker comes to it, and so does the memory that it keeps: answers
/// without a prompt, tuning, answers with a prompt.
struct Calibrator {
    let order: CalibrationOrder
    let shelf: ComponentShelf
    let host: any PluginHost

    /// Measures.
    /// - Throws: what model and dataset throw, and ``HostError`` for rows that cannot be used.
    func run() throws -> Calibration {
        PeakMemory.reset()
        let (model, loading) = try WorkTime.measured { try shelf.model(order.model) }
        let loadingMemory = PeakMemory.bytes
        let ((task, rows), reading) = try WorkTime.measured {
            let task = try shelf.task(order.task, on: order.model, promptRows: order.recipe?.rows ?? 0)
            return (task, try task.rows(split: order.task.splits.test))
        }
        let answers = try answers(rows, model, prompt: nil)
        return Calibration(
            loading: loading, loadingMemory: loadingMemory, reading: reading, answers: answers,
            answerBytes: try answerBytes(rows, model),
            tuning: try order.recipe.map { recipe in
                switch recipe.method {
                case .prompt: try tuning(recipe, task, model, test: rows)
                case .model: try modelTuning(recipe, task, model, answers: answers)
                }
            })
    }

    func learnedRows(
        _ recipe: TuningRecipe, _ task: EncodedTask
    ) throws -> (training: Rows, evaluation: Rows?) {
        (
            try recipe.rows(of: task, split: order.task.trainingSplit),
            try order.task.splits.evaluate.map { try recipe.rows(of: task, split: $0) }
        )
    }

    func costOfLosses(
        _ recipe: TuningRecipe, _ rows: Rows, _ run: @escaping (Rows) throws -> Void
    ) throws -> PassCost {
        try PassSampling(
            rows: rows, passes: rows.batches(tokensPerPass: recipe.tokensPerPass).map(Array.init), host: host,
            run: run
        ).cost()
    }

    private func tuning(
        _ recipe: TuningRecipe, _ task: EncodedTask, _ model: any Model, test: Rows
    ) throws -> Calibration.Tuning {
        let (rows, reading) = try WorkTime.measured { try learnedRows(recipe, task) }
        let extent = TuningExtent(recipe, rows: rows.training.count)
        let standIns = try StandInPrompts(order, recipe, rows.training, model: model, host: host)
        let prompt = try model.prepare(standIns.first.prompt.softPrompt)
        let training = try PassSampling(
            rows: rows.training, passes: trainingPasses(recipe, rows.training), host: host
        ) { _ = try model.run(recipe.trainingPass($0, prompt: prompt, dropoutStream: 0)) }.cost()
        let watching = try rows.evaluation.map {
            try costOfLosses(recipe, $0) { _ = try model.run(recipe.evaluationPass($0, prompt: prompt)) }
        }
        return Calibration.Tuning(
            reading: reading,
            cost: TuningCost(training: training, watching: watching, extent: extent),
            answers: try answers(test, model, prompt: prompt),
            resultBytes: try standIns.resultBytes(evaluations: extent.evaluations),
            checkpointBytes: try standIns.checkpointBytes(evaluations: extent.evaluations))
    }

    private func answers(_ rows: Rows, _ model: any Model, prompt: (any PreparedPrompt)?) throws -> PassCost {
        let scorer = Scorer()
        let limit = order.wantsTexts ? rows.answerLimit : nil
        return try PassSampling(
            rows: rows, passes: rows.batches(tokensPerPass: scorer.tokensPerPass).map(Array.init), host: host
        ) { _ = try scorer.score($0, with: model, prompt: prompt, generationLimit: limit) }.cost()
    }

    /// The passes of the first epoch.
    func trainingPasses(_ recipe: TuningRecipe, _ rows: Rows) -> [[Int]] {
        var training = TrainingOrder(
            count: rows.count, batchSize: recipe.batchSize, seed: order.seeds.first ?? 0)
        return (0..<training.stepsPerEpoch).flatMap { step in
            let batch = Array(training.batch(step))
            return rows.subset(batch).batches(tokensPerPass: recipe.tokensPerPass).map { Array(batch[$0]) }
        }
    }

    /// Size of the answers, by those on a few rows.
    private func answerBytes(_ rows: Rows, _ model: any Model) throws -> Int {
        let few = rows.subset(0..<min(8, rows.count))
        let scores = try Scorer().score(
            few, with: model, generationLimit: order.wantsTexts ? rows.answerLimit : nil)
        var result = AnswersResult(labels: order.task.description.labels)
        for row in 0..<few.count {
            result.items.append(
                .init(
                    line: few.lines[row], label: max(0, Int(few.labels[row])),
                    prediction: scores.predictions[row], scores: scores.candidateScores[row],
                    texts: try scores.generated.map { generated in
                        let text = try model.decode(generated[row])
                        return .init(said: text, expected: text)
                    }))
        }
        return try result.bytes(items: rows.count)
    }
}
