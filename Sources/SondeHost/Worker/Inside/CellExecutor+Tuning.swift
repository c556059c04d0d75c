import Foundation
import SondeSDK

extension CellExecutor {
    /// Tunes a prompt, from the checkpoint in the folder if there is one.
    func tune(
        _ model: ModelSource, _ task: TaskSource, recipe: TuningRecipe, seed: Int, folder: String
    ) throws {
        let encoded = try shelf.task(task, on: model, promptRows: recipe.rows)
        let job = TuningJob(
            model: try shelf.model(model), names: (model: model.name, task: task.name),
            training: try recipe.rows(of: encoded, split: task.trainingSplit),
            evaluation: try task.splits.evaluate.map { try recipe.rows(of: encoded, split: $0) },
            recipe: recipe, seed: seed, checkpoint: folder + "/" + CellFolder.checkpointFile)
        shelf.announce(model.component, "tuning a prompt for '\(task.name)'")
        let channel = channel
        let outcome = try Tuner(job, host: host).run { channel.send(.tuning($0)) }
        let baseModel = StoredPrompt.BaseModel(
            name: URL(filePath: model.directory).lastPathComponent, card: try job.model.card)
        try TuningResult(outcome, baseModel: baseModel).write(to: folder)
    }
}
