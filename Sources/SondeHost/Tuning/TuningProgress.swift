/// How far a tuning has come, whatever is tuned.
///
/// Random numbers are drawn from streams named after the step or epoch, so that the number of steps is the only state
/// that they have.
struct TuningProgress: Codable, Sendable, Hashable {
    /// The evaluation with the lowest loss so far.
    struct Best: Codable, Sendable, Hashable {
        let loss: Double
        let step: Int
    }

    var step = 0
    private(set) var best: Best?
    private(set) var history: [TuningEvaluation] = []
    /// Evaluations since the best one.
    private(set) var evaluationsWithoutGain = 0
    /// The training losses since the last evaluation.
    var windowLoss = LossSum()

    /// Takes note of an evaluation of the present values.
    mutating func record(evaluationLoss: Double?, epoch: Int, tokensPerSecond: Double) -> TuningEvaluation {
        let isBest = evaluationLoss.map { $0 < best?.loss ?? .infinity } ?? false
        if isBest, let evaluationLoss {
            best = Best(loss: evaluationLoss, step: step)
            evaluationsWithoutGain = 0
        } else {
            evaluationsWithoutGain += 1
        }
        let evaluation = TuningEvaluation(
            step: step, epoch: epoch,
            trainingLoss: windowLoss.sum / Double(max(1, windowLoss.count)),
            evaluationLoss: evaluationLoss, isBest: isBest, tokensPerSecond: tokensPerSecond)
        history.append(evaluation)
        windowLoss = LossSum()
        return evaluation
    }
}
