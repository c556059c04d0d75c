/// All that changes while a prompt is tuned, so that work can stop after any step and go on.
///
/// Random numbers are drawn from streams named after the step or epoch, so that the number of steps is the only state
/// that they have.
struct TuningState: Codable, Sendable, Hashable {
    /// The best prompt so far.
    struct Best: Codable, Sendable, Hashable {
        @PackedFloats var values: [Float]
        let loss: Double
        let step: Int
    }

    /// The prompt, `[rows × width]`.
    @PackedFloats var values: [Float]
    var moments: AdamW.Moments
    var step = 0
    var best: Best?
    var history: [TuningEvaluation] = []
    /// Evaluations since the best one.
    var evaluationsWithoutGain = 0
    /// Sum and count of the training losses since the last evaluation.
    var windowLossSum = 0.0
    var windowLossCount = 0

    init(values: [Float]) {
        _values = PackedFloats(wrappedValue: values)
        moments = AdamW.Moments(count: values.count)
    }

    /// Takes note of an evaluation of the present prompt.
    mutating func record(evaluationLoss: Double?, epoch: Int, tokensPerSecond: Double) -> TuningEvaluation {
        let isBest = evaluationLoss.map { $0 < best?.loss ?? .infinity } ?? false
        if isBest, let evaluationLoss {
            best = Best(values: values, loss: evaluationLoss, step: step)
            evaluationsWithoutGain = 0
        } else {
            evaluationsWithoutGain += 1
        }
        let evaluation = TuningEvaluation(
            step: step, epoch: epoch, trainingLoss: windowLossSum / Double(max(1, windowLossCount)),
            evaluationLoss: evaluationLoss, isBest: isBest, tokensPerSecond: tokensPerSecond)
        history.append(evaluation)
        (windowLossSum, windowLossCount) = (0, 0)
        return evaluation
    }
}
