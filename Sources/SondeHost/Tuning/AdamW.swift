/// Adam with decoupled weight decay and bias correction.
///
/// I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2019, arXiv:1711.05101, in the order of operations
/// of `torch.optim.AdamW`:
///
///     θ ← θ − γ λ θ
///     m ← m + (1 − β₁) (g − m)        v ← β₂ v + (1 − β₂) g²
///     θ ← θ − γ / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
public struct AdamW: Sendable, Hashable {
    /// What the optimiser remembers of earlier gradients.
    public struct Moments: Sendable, Hashable, Codable {
        /// Running means of the gradient.
        @PackedFloats public internal(set) var first: [Float]
        /// Running means of the squared gradient.
        @PackedFloats public internal(set) var second: [Float]
        /// How many updates there have been.
        public internal(set) var step: Int

        /// The moments of `count` parameters before the first step: zeros.
        public init(count: Int) {
            _first = PackedFloats(wrappedValue: Array(repeating: 0, count: count))
            _second = _first
            step = 0
        }
    }

    /// Decay rate β₁ of the first moment.
    public var firstDecay: Double
    /// Decay rate β₂ of the second moment.
    public var secondDecay: Double
    /// What keeps the step finite, ε.
    public var epsilon: Double
    /// Decoupled weight decay λ.
    public var weightDecay: Double

    /// An optimiser; the defaults are those of `torch.optim.AdamW`.
    public init(
        firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0.01
    ) {
        self.firstDecay = firstDecay
        self.secondDecay = secondDecay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// One step down the gradient, with the learning rate γ.
    public func update(
        _ parameters: inout [Float], moments: inout Moments, gradient: [Float], learningRate: Double
    ) {
        precondition(parameters.count == moments.first.count && gradient.count == moments.first.count)
        moments.step += 1
        let factors = factors(ofStep: moments.step, learningRate: learningRate)
        var values = parameters.mutableSpan
        moments.step(&values, from: 0, gradient: gradient.span, scale: 1, factors)
    }

    /// What is the same for all parameters at a step, counted from 1.
    func factors(ofStep step: Int, learningRate: Double) -> Factors {
        Factors(
            kept: Float(1 - learningRate * weightDecay),
            firstRate: Float(1 - firstDecay),
            secondKept: Float(secondDecay),
            secondRate: Float(1 - secondDecay),
            size: Float(learningRate / (1 - Self.power(firstDecay, step))),
            correction: Float((1 - Self.power(secondDecay, step)).squareRoot()),
            epsilon: Float(epsilon))
    }

    /// By repeated squaring, so that no mathematical library has a say in the bits.
    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, left) = (1.0, base, exponent)
        while left > 0 {
            if left & 1 == 1 { result *= square }
            square *= square
            left >>= 1
        }
        return result
    }
}

extension AdamW {
    /// The optimiser of a recipe.
    init(_ recipe: TuningRecipe) {
        self.init(
            firstDecay: recipe.betas[0], secondDecay: recipe.betas[1], epsilon: recipe.epsilon,
            weightDecay: recipe.weightDecay)
    }

    /// What is the same for all parameters at one step.
    struct Factors {
        let kept: Float
        let firstRate: Float
        let secondKept: Float
        let secondRate: Float
        let size: Float
        let correction: Float
        let epsilon: Float
    }
}

extension AdamW.Moments {
    /// A step of some parameters, whose moments begin at `start`; the gradient is multiplied by `scale` first.
    mutating func step(
        _ parameters: inout MutableSpan<Float>, from start: Int, gradient: Span<Float>, scale: Float,
        _ factors: AdamW.Factors
    ) {
        // As arguments, stored properties can be changed at the same time.
        Self.step(
            &parameters, &_first.wrappedValue, &_second.wrappedValue, from: start, gradient: gradient,
            scale: scale, factors)
    }

    private static func step(
        _ parameters: inout MutableSpan<Float>, _ firstMoments: inout [Float], _ secondMoments: inout [Float],
        from start: Int, gradient: Span<Float>, scale: Float, _ factors: AdamW.Factors
    ) {
        var first = firstMoments.mutableSpan
        var second = secondMoments.mutableSpan
        precondition(
            parameters.count == gradient.count && start >= 0 && start + gradient.count <= first.count
                && first.count == second.count)
        for index in gradient.indices {
            let place = start + index
            let slope = gradient[unchecked: index] * scale
            let mean = first[unchecked: place] + factors.firstRate * (slope - first[unchecked: place])
            let square =
                factors.secondKept * second[unchecked: place] + factors.secondRate * slope * slope
            first[unchecked: place] = mean
            second[unchecked: place] = square
            let denominator = square.squareRoot() / factors.correction + factors.epsilon
            parameters[unchecked: index] =
                parameters[unchecked: index] * factors.kept - factors.size * (mean / denominator)
        }
    }
}
