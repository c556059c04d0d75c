/// A gradient that is summed over passes and then made a mean.
public struct Gradient {
    /// The sum of the gradients.
    public private(set) var values: [Float]
    /// The sum of the losses.
    public private(set) var lossSum = 0.0
    /// How many rows or tokens the losses are of.
    public private(set) var lossCount = 0

    /// Nothing yet, of `count` parameters.
    public init(count: Int) {
        values = Array(repeating: 0, count: count)
    }

    /// The mean loss of what has been added.
    public var meanLoss: Double { lossSum / Double(lossCount) }

    /// Adds the summed loss of one pass and its gradient.
    public mutating func add(_ gradient: [Float], lossSum: Double, lossCount: Int) {
        precondition(gradient.count == values.count)
        for index in values.indices { values[index] += gradient[index] }
        self.lossSum += lossSum
        self.lossCount += lossCount
    }

    /// The gradient of the mean loss, without the rows that the model never reads, and clipped to a norm as
    /// `torch.nn.utils.clip_grad_norm_` does.
    public func mean(liveRows: [Bool], width: Int, clippedTo limit: Double?) -> [Float] {
        let scale = 1 / Float(lossCount)
        var mean = values.map { $0 * scale }
        for (row, isLive) in liveRows.enumerated() where !isLive {
            for index in (row * width)..<((row + 1) * width) { mean[index] = 0 }
        }
        guard let limit else { return mean }
        let norm = mean.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let factor = Float(min(1, limit / (norm + 1e-6)))
        return mean.map { $0 * factor }
    }
}
