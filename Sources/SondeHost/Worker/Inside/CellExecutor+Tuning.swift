import Foundation
import SondeSDK

extension CellExecutor {
    /// Tunes a prompt, from the checkpoint in the folder if there is one.
    func tune(
        _ model: ModelSource, _ task: TaskSource, recipe: TuningRecipe, seed: Int, folder: String
    ) throws {
        let job = try job(model, task, recipe, seed, folder)
        shelf.announce(model.component, "tuning a prompt for '\(task.name)'")
        let channel = channel
        let outcome = try PromptTuner(job, host: host).run { channel.send(.tuning($0)) }
        let baseModel = StoredPrompt.BaseModel(
            name: URL(filePath: model.directory).lastPathComponent, card: try job.model.card)
        try TuningResult(outcome, baseModel: baseModel).write(to: folder)
    }

    /// Tunes a model, from the checkpoint in the folder if there is one, and has it answer the test split; its weights
    /// are kept if the recipe says so.
    func tuneModel(
        _ model: ModelSource, _ task: TaskSource, recipe: TuningRecipe, seed: Int, wantsTexts: Bool,
        folder: String
    ) throws {
        let job = try job(model, task, recipe, seed, folder)
        let encoded = try shelf.task(task, on: model, promptRows: recipe.rows)
        // From here on it is another model.
        shelf.remove(model)
        shelf.announce(model.component, "tuning the model '\(model.name)' for '\(task.name)'")
        let channel = channel
        let course = try ModelTuner(job, host: host).run { channel.send(.tuning($0)) }
        shelf.announce(model.component, "answering the test split of '\(task.name)'")
        try answers(of: job.model, to: encoded, task, wantsTexts: wantsTexts).write(to: folder)
        try TuningResult.write(course, to: folder)
        if recipe.keepsWeights {
            try TunedCheckpoint(of: model.directory).write(job.model, to: folder + "/model")
        }
    }

    private func job(
        _ model: ModelSource, _ task: TaskSource, _ recipe: TuningRecipe, _ seed: Int, _ folder: String
    ) throws -> TuningJob {
        let encoded = try shelf.task(task, on: model, promptRows: recipe.rows)
        return TuningJob(
            model: try shelf.model(model), names: (model: model.name, task: task.name),
            training: try recipe.rows(of: encoded, split: task.trainingSplit),
            evaluation: try task.splits.evaluate.map { try recipe.rows(of: encoded, split: $0) },
            recipe: recipe, seed: seed, checkpoint: folder + "/" + CellFolder.checkpointFile)
    }
}
