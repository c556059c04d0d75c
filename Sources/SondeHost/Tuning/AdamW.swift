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
        let kept = Float(1 - learningRate * weightDecay)
        let firstRate = Float(1 - firstDecay)
        let secondKept = Float(secondDecay)
        let secondRate = Float(1 - secondDecay)
        let size = Float(learningRate / (1 - Self.power(firstDecay, moments.step)))
        let correction = Float((1 - Self.power(secondDecay, moments.step)).squareRoot())
        let epsilon = Float(epsilon)
        for index in parameters.indices {
            let slope = gradient[index]
            let first = moments.first[index] + firstRate * (slope - moments.first[index])
            let second = secondKept * moments.second[index] + secondRate * slope * slope
            moments.first[index] = first
            moments.second[index] = second
            let denominator = second.squareRoot() / correction + epsilon
            parameters[index] = parameters[index] * kept - size * (first / denominator)
        }
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
