/// The smallest difference between two accuracies that a test set of a given size is likely to show.
///
/// Normal approximation: (z of 1 - significance / 2, plus z of power) times the standard error of the difference. `nil`
/// where that exceeds 1, since then no difference at all would be shown.
/// Source: Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 2003, chapters 4 and 13.
public struct MinimumDetectableDifference: Hashable, Sendable {
    /// The probability of seeing a difference where there is none.
    public let significance: Double
    /// The probability of seeing a difference of the returned size.
    public let power: Double

    /// The question with the customary error rates, or others.
    public init(significance: Double = 0.05, power: Double = 0.8) {
        requireProbability(significance, "significance")
        requireProbability(power, "power")
        self.significance = significance
        self.power = power
    }

    /// Between two accuracies, each measured on `examples` examples of its own.
    ///
    /// - Parameters:
    ///   - examples: The size of each test set.
    ///   - rate: The accuracy that both are near; 0.5 is the most cautious.
    public func independent(examples: Int, rate: Double = 0.5) -> Double? {
        precondition((0...1).contains(rate), "an accuracy lies in [0, 1], not at \(rate)")
        return difference(varianceOfOnePair: 2 * rate * (1 - rate), examples: examples)
    }

    /// Between two accuracies that were measured on the same `examples` examples.
    ///
    /// - Parameters:
    ///   - examples: The size of the test set.
    ///   - discordance: The share of the examples that exactly one of the two gets right.
    public func paired(examples: Int, discordance: Double = 0.2) -> Double? {
        precondition((0...1).contains(discordance), "a share lies in [0, 1], not at \(discordance)")
        return difference(varianceOfOnePair: discordance, examples: examples)
    }

    private func difference(varianceOfOnePair variance: Double, examples: Int) -> Double? {
        guard examples > 0 else { return nil }
        let z = NormalDistribution.quantile(1 - significance / 2) + NormalDistribution.quantile(power)
        let smallest = z * (variance / Double(examples)).squareRoot()
        return smallest <= 1 ? smallest : nil
    }
}
