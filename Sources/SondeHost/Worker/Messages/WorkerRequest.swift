import SondeSDK

/// What a worker is asked to do: one line of JSON on its standard input.
enum WorkerRequest: Codable, Sendable {
    /// Loads a model and answers with its card.
    case describeModel(ModelSource)
    /// Opens a dataset and answers with its description.
    case describeDataset(ComponentSource, RowSampling?)
    /// Looks for examples that two splits of a task share and answers with ``SharedRows``, one for each pair.
    case compareSplits(TaskSource)
    /// Encodes a task's candidates, which are the same for all examples, for a model.
    case encodeCandidates(TaskSource, ModelSource)
    /// Does a cell's work and writes its results into a folder.
    case cell(CellWork, inputs: [ResultFolder], folder: String)
    /// Measures a model on a task and answers with what it found.
    case calibrate(CalibrationOrder)
    /// Stops what is under way, keeping a checkpoint where there is one.
    case cancel
}

/// The folder with the results of a cell that is read.
struct ResultFolder: Codable, Sendable, Hashable {
    let role: CellInput.Role
    let path: String
}
