import Foundation
import SondeSDK

extension Calibrator {
    /// Tries to tune the model itself, in steps of no length.
    ///
    /// It is dropped afterwards, for it has taken memory.
    func modelTuning(
        _ recipe: TuningRecipe, _ task: EncodedTask, _ model: any Model, answers: PassCost
    ) throws -> Calibration.Tuning {
        shelf.remove(order.model)
        let (rows, reading) = try WorkTime.measured { try learnedRows(recipe, task) }
        let extent = TuningExtent(recipe, rows: rows.training.count)
        try FileManager.default.createDirectory(
            atPath: order.folder, withIntermediateDirectories: true)
        let weights = try TunableWeights(
            TuningJob(
                model: model, names: (model: order.model.name, task: order.task.name),
                training: rows.training,
                evaluation: rows.evaluation, recipe: recipe, seed: 0),
            checkpoint: order.folder + "/" + CellFolder.checkpointFile)
        let first = rows.training.subset(0..<1)
        let loss = try weights.addGradient(of: first, dropoutStream: 0)
        _ = try weights.step(learningRate: 0, lossCount: loss.count)
        let step = try WorkTime.measured { try weights.step(learningRate: 0, lossCount: loss.count) }.time
        let training = try PassSampling(
            rows: rows.training, passes: trainingPasses(recipe, rows.training), host: host
        ) { _ = try weights.addGradient(of: $0, dropoutStream: 0) }.cost()
        let watching = try rows.evaluation.map {
            try costOfLosses(recipe, $0) { _ = try weights.loss(of: $0) }
        }
        let keeping = try WorkTime.measured { try weights.keepAsBest() }.time
        let bytesOfWeights = 4 * weights.count
        return Calibration.Tuning(
            reading: reading,
            cost: TuningCost(
                training: training, watching: watching, extent: extent, step: step, keeping: keeping),
            answers: answers, resultBytes: recipe.keepsWeights ? bytesOfWeights : 0,
            checkpointBytes: bytesOfWeights * (watching == nil ? 3 : 4))
    }
}
