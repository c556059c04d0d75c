public import SondeSDK

/// A tuned prompt and how it came about.
public struct TuningOutcome: Sendable {
    /// The prompt with the lowest evaluation loss, or the last one without an evaluation split.
    public var prompt: TunedPrompt
    /// The prompt before its first step, `[rows × width]`.
    public var initial: DenseTensor
    /// How it came about.
    public var course: TuningCourse
}

/// How something tuned came about.
public struct TuningCourse: Sendable, Hashable, Codable {
    /// All evaluations in order.
    public var history: [TuningEvaluation]
    /// The steps after which the evaluation loss was lowest, or the last one without an evaluation split.
    public var bestStep: Int
    /// The steps that were made.
    public var steps: Int
    /// Whether the evaluation loss stopped falling before the last epoch.
    public var stoppedEarly: Bool
    /// How many parameters were trained.
    public var trainedParameters: Int
    /// How many parameters of the model were not.
    public var frozenParameters: Int
    /// The digest of the model's weights before.
    public var weightsDigest: String

    private enum CodingKeys: String, CodingKey {
        case history, steps
        case bestStep = "best_step"
        case stoppedEarly = "stopped_early"
        case trainedParameters = "trained_parameters"
        case frozenParameters = "frozen_parameters"
        case weightsDigest = "weights_digest"
    }
}
