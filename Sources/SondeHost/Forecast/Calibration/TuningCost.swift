/// What tuning a prompt costs: its passes, and how often they are made.
public struct TuningCost: Codable, Sendable, Hashable {
    /// Gradients, over the training split.
    public var training: PassCost
    /// Losses, over the evaluation split, if there is one.
    public var watching: PassCost?
    /// How long the tuning is.
    public var extent: TuningExtent

    /// A cost.
    public init(training: PassCost, watching: PassCost?, extent: TuningExtent) {
        self.training = training
        self.watching = watching
        self.extent = extent
    }

    /// The time, if the tuning does not stop early; what the optimiser does between passes is small beside them.
    public var time: WorkTime {
        training.time(rounds: extent.epochs) + (watching?.time(rounds: extent.evaluations) ?? .zero)
    }

    /// The most memory, in bytes.
    public var peakMemory: Int { max(training.peakMemory, watching?.peakMemory ?? 0) }
}
