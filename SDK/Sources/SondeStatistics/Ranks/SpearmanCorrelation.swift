/// Spearman's rank correlation of two equally long lists of numbers.
///
/// Equal values share the mean of their ranks. Source: Spearman, 1904, doi:10.2307/1412159.
public struct SpearmanCorrelation: Hashable, Sendable {
    /// The correlation, from -1 to 1.
    public let coefficient: Double
    private let firstRanks: [Double]
    private let secondRanks: [Double]

    /// The correlation of `first` with `second`; `nil` where either has fewer than two different values.
    public init?(_ first: [Double], _ second: [Double]) {
        precondition(
            first.count == second.count, "\(first.count) and \(second.count) values cannot be paired")
        guard let firstRanks = standardised(ranks(of: first)),
            let secondRanks = standardised(ranks(of: second))
        else {
            return nil
        }
        self.firstRanks = firstRanks
        self.secondRanks = secondRanks
        coefficient = max(-1, min(1, dotProduct(firstRanks, secondRanks)))
    }

    /// The two-sided test of no correlation, by shuffling one of the lists.
    ///
    /// - Parameters:
    ///   - replicates: How many shuffles are drawn.
    ///   - stream: Where the random orders come from.
    public func permutationTest(replicates: Int = 10_000, using stream: inout RandomStream) -> PermutationTest
    {
        .labels(secondRanks, replicates: replicates, alternative: .twoSided, using: &stream) {
            dotProduct(firstRanks, $0)
        }
    }
}

/// `values` shifted and scaled to mean 0 and length 1; `nil` if they are all the same.
private func standardised(_ values: [Double]) -> [Double]? {
    guard let mean = Sample(values).mean else { return nil }
    let centred = values.map { $0 - mean }
    let length = dotProduct(centred, centred).squareRoot()
    return length > 0 ? centred.map { $0 / length } : nil
}

private func dotProduct(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}
