/// What a tuner tells while it works.
public enum TuningEvent: Sendable, Hashable, Codable {
    /// A checkpoint was found and work goes on after this many steps.
    case resumed(step: Int)
    /// A step has been made.
    case step(TuningStep)
    /// The evaluation split has been gone through.
    case evaluation(TuningEvaluation)
}

/// One step of the optimiser.
public struct TuningStep: Sendable, Hashable, Codable {
    /// The steps made so far.
    public var step: Int
    /// All steps, if tuning does not stop early.
    public var totalSteps: Int
    /// The epoch that the step belongs to, counted from 1.
    public var epoch: Int
    /// The mean loss of the step's batch, before the step.
    public var loss: Double
    /// Tokens of text and answers a second, evaluations left out, since this process began.
    public var tokensPerSecond: Double
    /// How long the rest takes at the speed so far, in seconds.
    public var secondsLeft: Double
}

/// One evaluation, and the training since the one before.
public struct TuningEvaluation: Sendable, Hashable, Codable {
    /// The steps made so far.
    public var step: Int
    /// The epoch that the last step belongs to, counted from 1.
    public var epoch: Int
    /// The mean training loss since the last evaluation.
    public var trainingLoss: Double
    /// The mean loss on the evaluation split; `nil` where there is none.
    public var evaluationLoss: Double?
    /// Whether this is the lowest evaluation loss so far.
    public var isBest: Bool
    /// Training tokens of text and answers a second since this process began; a property of the machine, not of the
    /// prompt.
    public var tokensPerSecond: Double

    private enum CodingKeys: String, CodingKey {
        case step, epoch
        case trainingLoss = "training_loss"
        case evaluationLoss = "evaluation_loss"
        case isBest = "is_best"
        case tokensPerSecond = "tokens_per_second"
    }
}
