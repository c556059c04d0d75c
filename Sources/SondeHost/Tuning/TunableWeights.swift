import SondeSDK

/// The weights of a model, all of which are learned.
final class TunableWeights: TuningSubject {
    /// Names of files beside the checkpoint.
    struct State: Codable, Sendable, Hashable {
        /// The weights and what the optimiser remembers of them.
        let present: String
        /// The best weights so far; `nil` before there are any.
        let best: String?
    }

    /// How many numbers are learned.
    let count: Int
    private let model: any Model
    private let recipe: TuningRecipe
    private let optimiser: AdamW
    private let files: WeightsFiles
    private var moments: AdamW.Moments
    /// The file of the best weights.
    private var best: String?

    /// Switches the gradients of the weights on.
    /// - Parameter checkpoint: the checkpoint's file, beside which those of weights go.
    init(_ job: TuningJob, checkpoint: String) throws {
        model = job.model
        recipe = job.recipe
        optimiser = AdamW(recipe)
        files = WeightsFiles(beside: checkpoint)
        try model.trainWeights(true)
        var count = 0
        try model.withWeights { count += $0.values.count }
        self.count = count
        moments = AdamW.Moments(count: count)
    }

    func addGradient(of rows: Rows, dropoutStream: UInt64) throws -> LossSum {
        try LossSum(model.run(recipe.trainingPass(rows, prompt: nil, dropoutStream: dropoutStream)))
    }

    func loss(of rows: Rows) throws -> LossSum {
        try LossSum(model.run(recipe.evaluationPass(rows, prompt: nil)))
    }

    func step(learningRate: Double, lossCount: Int) throws -> Bool {
        guard let scale = try scale(of: lossCount) else { return false }
        moments.step += 1
        let factors = optimiser.factors(ofStep: moments.step, learningRate: learningRate)
        var start = 0
        try model.withWeights { weight in
            try weight.trainedGradient.withMutableSpan { gradient in
                weight.values.withMutableSpan { values in
                    moments.step(&values, from: start, gradient: gradient.span, scale: scale, factors)
                }
                gradient.update(repeating: 0)
            }
            start += weight.values.count
        }
        try model.weightsChanged()
        return true
    }

    /// What gradients are multiplied by to be that of the mean, clipped; `nil` if they are not finite.
    private func scale(of lossCount: Int) throws -> Float? {
        let mean = 1 / Float(lossCount)
        guard let limit = recipe.clipNorm else { return mean }
        var squares = 0.0
        try model.withWeights { weight in
            try weight.trainedGradient.withSpan { gradient in
                for index in gradient.indices {
                    squares += Double(gradient[unchecked: index]) * Double(gradient[unchecked: index])
                }
            }
        }
        let norm = squares.squareRoot() * Double(mean)
        return norm.isFinite ? mean * Gradient.clippingFactor(norm: norm, limit: limit) : nil
    }

    func keepAsBest() throws {
        best = "best-\(moments.step)"
        try best.map { try files.write($0, model) }
    }

    func state() throws -> State {
        let name = "present-\(moments.step)"
        try files.write(name, model, moments)
        return State(present: name, best: best)
    }

    func checkpointWasSaved(_ state: State) { files.removeAll(but: [state.present, state.best]) }

    func restore(_ state: State) throws {
        moments = try files.read(state.present, into: model, momentCount: count)
        best = state.best
        try model.weightsChanged()
    }

    /// Gives the model its best weights, and switches gradients off.
    func finish() throws {
        if let best { _ = try files.read(best, into: model) }
        try model.weightsChanged()
        try model.trainWeights(false)
    }
}

extension TrainableWeight {
    /// The gradient of a tensor whose gradients are on.
    fileprivate var trainedGradient: MutableVectorView {
        get throws {
            guard let gradient else {
                throw HostError.plugin("The model has no gradient for its tensor '\(name)'.")
            }
            return gradient
        }
    }
}
