/// What tuning a prompt or a model costs: its passes, and how often they are made.
public struct TuningCost: Codable, Sendable, Hashable {
    /// Gradients, over the training split.
    public var training: PassCost
    /// Losses, over the evaluation split, if there is one.
    public var watching: PassCost?
    /// How long the tuning is.
    public var extent: TuningExtent
    /// The time that the optimiser needs between passes; for a prompt it is small beside them.
    public var step: WorkTime
    /// The time of keeping the best values.
    public var keeping: WorkTime

    /// A cost.
    public init(
        training: PassCost, watching: PassCost?, extent: TuningExtent, step: WorkTime = .zero,
        keeping: WorkTime = .zero
    ) {
        self.training = training
        self.watching = watching
        self.extent = extent
        self.step = step
        self.keeping = keeping
    }

    /// The time, if the tuning does not stop early and every evaluation is the best so far.
    public var time: WorkTime {
        let evaluations = watching.map {
            $0.time(rounds: extent.evaluations) + keeping * Double(extent.evaluations)
        }
        return training.time(rounds: extent.epochs) + step * Double(extent.steps) + (evaluations ?? .zero)
    }

    /// The most memory, in bytes.
    public var peakMemory: Int { max(training.peakMemory, watching?.peakMemory ?? 0) }
}
