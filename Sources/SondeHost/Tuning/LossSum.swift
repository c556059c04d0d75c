import SondeSDK

/// Losses that are added up over passes.
struct LossSum: Codable, Sendable, Hashable {
    /// Their sum.
    private(set) var sum = 0.0
    /// How many rows or tokens they are of.
    private(set) var count = 0

    /// The mean loss.
    var mean: Double { sum / Double(count) }

    static func += (total: inout LossSum, more: LossSum) {
        total.sum += more.sum
        total.count += more.count
    }
}

extension LossSum {
    /// The loss of the only run of a pass that asked for one.
    /// - Throws: ``HostError`` if the model gave none.
    init(_ result: PassResult) throws {
        guard let sum = result.lossSums.first, let count = result.lossCounts.first else {
            throw HostError.plugin("The model gave no loss for a pass that asked for one.")
        }
        (self.sum, self.count) = (sum, count)
    }
}
