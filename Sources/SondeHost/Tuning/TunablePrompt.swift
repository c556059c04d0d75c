import SondeSDK

/// A soft prompt whose rows are learned.
final class TunablePrompt: TuningSubject {
    /// The prompt, what the optimiser remembers of it, and the best prompt so far.
    struct State: Codable, Sendable, Hashable {
        /// The prompt, `[rows × width]`.
        @PackedFloats var values: [Float]
        var moments: AdamW.Moments
        /// Empty before there is one.
        @PackedFloats var best: [Float]
    }

    /// `[rows, width]`.
    let shape: [Int]
    /// Whether the model reads each row.
    let liveRows: [Bool]
    private let model: any Model
    private let recipe: TuningRecipe
    private let optimiser: AdamW
    private let prompt: any PreparedPrompt
    private var current: State
    private var gradient: Gradient

    private var width: Int { shape[1] }

    init(_ values: [Float], job: TuningJob) throws {
        model = job.model
        recipe = job.recipe
        optimiser = AdamW(recipe)
        shape = [recipe.rows, try model.card.width]
        prompt = try model.prepare(SoftPrompt(values: values, rows: shape[0], width: shape[1]))
        liveRows = try prompt.liveRows
        current = State(values: values, moments: AdamW.Moments(count: values.count), best: [])
        gradient = Gradient(count: values.count)
    }

    /// How many numbers are learned.
    var liveCount: Int { liveRows.count { $0 } * width }

    /// The best prompt, or the last one where none was called the best.
    var outcome: [Float] { current.best.isEmpty ? current.values : current.best }

    func addGradient(of rows: Rows, dropoutStream: UInt64) throws -> LossSum {
        let result = try model.run(recipe.trainingPass(rows, prompt: prompt, dropoutStream: dropoutStream))
        let loss = try LossSum(result)
        guard let slope = result.promptGradients.first, slope.count == gradient.values.count else {
            throw HostError.plugin("The model gave no gradient for a pass that asked for one.")
        }
        gradient.add(slope)
        return loss
    }

    func loss(of rows: Rows) throws -> LossSum {
        try LossSum(model.run(recipe.evaluationPass(rows, prompt: prompt)))
    }

    func step(learningRate: Double, lossCount: Int) throws -> Bool {
        let slope = gradient.mean(
            of: lossCount, liveRows: liveRows, width: width, clippedTo: recipe.clipNorm)
        guard slope.allSatisfy(\.isFinite) else { return false }
        var values = current.values
        optimiser.update(&values, moments: &current.moments, gradient: slope, learningRate: learningRate)
        keepDeadRows(in: &values)
        current.values = values
        gradient = Gradient(count: values.count)
        try prompt.update(values)
        return true
    }

    func keepAsBest() { current.best = current.values }

    func state() -> State { current }

    func checkpointWasSaved(_ state: State) {}

    func restore(_ state: State) throws {
        current = state
        try prompt.update(state.values)
    }

    /// A row that the model never reads stays as it began; weight decay would move it otherwise.
    private func keepDeadRows(in new: inout [Float]) {
        for (row, isLive) in liveRows.enumerated() where !isLive {
            let range = (row * width)..<((row + 1) * width)
            new.replaceSubrange(range, with: current.values[range])
        }
    }
}
