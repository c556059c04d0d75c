/// A gradient that is summed over passes and then made a mean.
public struct Gradient {
    /// The sum of the gradients.
    public private(set) var values: [Float]

    /// Nothing yet, of `count` parameters.
    public init(count: Int) {
        values = Array(repeating: 0, count: count)
    }

    /// Adds the gradient of one pass.
    public mutating func add(_ gradient: [Float]) {
        precondition(gradient.count == values.count)
        for index in values.indices { values[index] += gradient[index] }
    }

    /// The gradient of the mean of `lossCount` losses, without the rows that the model never reads, and clipped to a norm.
    public func mean(
        of lossCount: Int, liveRows: [Bool], width: Int, clippedTo limit: Double?
    ) -> [Float] {
        let scale = 1 / Float(lossCount)
        var mean = values.map { $0 * scale }
        for (row, isLive) in liveRows.enumerated() where !isLive {
            for index in (row * width)..<((row + 1) * width) { mean[index] = 0 }
        }
        guard let limit else { return mean }
        let norm = mean.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let factor = Self.clippingFactor(norm: norm, limit: limit)
        return mean.map { $0 * factor }
    }

    /// What a gradient of this norm is multiplied by to be no longer than the limit, as
    /// `torch.nn.utils.clip_grad_norm_` does.
    static func clippingFactor(norm: Double, limit: Double) -> Float { Float(min(1, limit / (norm + 1e-6))) }
}
