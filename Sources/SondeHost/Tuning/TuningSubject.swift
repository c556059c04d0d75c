import SondeSDK

/// What is tuned: a soft prompt, or the weights of the model itself.
protocol TuningSubject: AnyObject {
    /// What a checkpoint keeps of it, itself or by the names of files beside the checkpoint.
    associatedtype State: Codable

    /// Adds the gradient of the rows' summed loss to what has come together since the last step.
    func addGradient(of rows: Rows, dropoutStream: UInt64) throws -> LossSum
    /// The loss of rows as things are.
    func loss(of rows: Rows) throws -> LossSum
    /// Changes the values by the gradient of the mean of `lossCount` losses, and forgets the gradient.
    /// - Returns: whether the gradient was finite; if not, nothing has changed.
    func step(learningRate: Double, lossCount: Int) throws -> Bool
    /// Keeps the present values as the best ones.
    func keepAsBest() throws
    /// What a checkpoint is to keep.
    func state() throws -> State
    /// Drops what no checkpoint needs, now that this one is saved.
    func checkpointWasSaved(_ state: State)
    /// Goes back to what a checkpoint kept.
    func restore(_ state: State) throws
}
