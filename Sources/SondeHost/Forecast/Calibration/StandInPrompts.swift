import Foundation
import SondeJSON
import SondeSDK

/// Prompts of one step on one row, in place of those that are not tuned yet: a tune cell's results in a folder for each
/// seed.
struct StandInPrompts {
    /// The first seed's.
    let first: PromptResult
    private let folderBytes: Int
    private let checkpointBytes: Int
    private let evaluation: TuningEvaluation

    /// Tunes and writes them.
    init(
        _ order: CalibrationOrder, _ recipe: TuningRecipe, _ rows: Rows, model: any Model,
        host: any PluginHost
    ) throws {
        var short = recipe
        (short.epochs, short.batchSize, short.warmUp) = (1, 1, 0)
        (short.patience, short.evaluationInterval) = (nil, nil)
        let baseModel = StoredPrompt.BaseModel(
            name: URL(filePath: order.model.directory).lastPathComponent, card: try model.card)
        var results: [(result: TuningResult, folder: String, checkpoint: String)] = []
        for (index, seed) in order.seeds.enumerated() {
            let folder = Self.folder(ofSeed: seed, in: order.folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let checkpoint = order.folder + "/\(CellFolder.checkpointFile)-\(seed)"
            let job = TuningJob(
                model: model, names: (model: order.model.name, task: order.task.name),
                training: rows.subset([index % rows.count]), evaluation: nil, recipe: short, seed: seed,
                checkpoint: checkpoint)
            let result = TuningResult(try PromptTuner(job, host: host).run(), baseModel: baseModel)
            try result.write(to: folder)
            results.append((result, folder, checkpoint))
        }
        guard let one = results.first, var evaluation = one.result.course.history.first else {
            throw HostError(.internal, "There is no seed to tune a prompt with.")
        }
        evaluation.evaluationLoss = evaluation.trainingLoss
        first = one.result.prompt
        self.evaluation = evaluation
        folderBytes = FileSize.bytes(inFolder: one.folder)
        checkpointBytes = FileSize.bytes(ofFile: one.checkpoint)
    }

    /// Where the results of a seed are.
    static func folder(ofSeed seed: Int, in folder: String) -> String { folder + "/\(seed)" }

    /// Size of a tune cell's results after so many evaluations.
    func resultBytes(evaluations: Int) throws -> Int {
        folderBytes + max(0, evaluations - 1) * (try evaluationBytes)
    }

    /// Size of a checkpoint after so many evaluations: the best prompt is in it, too.
    func checkpointBytes(evaluations: Int) throws -> Int {
        checkpointBytes + 4 * first.initial.values.count + evaluations * (try evaluationBytes)
    }

    private var evaluationBytes: Int {
        get throws { try JSONValue(encoding: [evaluation]).text(indented: true).utf8.count }
    }
}
