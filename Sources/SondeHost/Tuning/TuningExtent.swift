/// How long a tuning is if it does not stop early.
public struct TuningExtent: Codable, Sendable, Hashable {
    /// Passes over the training split.
    public let epochs: Int
    /// Steps of the optimiser.
    public let steps: Int
    /// Evaluations.
    public let evaluations: Int
    /// Steps from one evaluation to the next.
    private let interval: Int

    /// The extent of a recipe on so many rows.
    public init(_ recipe: TuningRecipe, rows: Int) {
        let stepsPerEpoch = (rows + recipe.batchSize - 1) / recipe.batchSize
        epochs = recipe.epochs
        steps = epochs * stepsPerEpoch
        interval = recipe.evaluationInterval ?? stepsPerEpoch
        evaluations = interval > 0 ? (steps + interval - 1) / interval : 0
    }

    /// Whether the prompt is evaluated after so many steps: at every interval and at the end.
    func isEvaluationDue(after step: Int) -> Bool { step % interval == 0 || step == steps }
}
