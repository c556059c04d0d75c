/// A statistic beside what it would have been by chance: the outcome of a permutation test.
public struct PermutationTest: Hashable, Codable, Sendable {
    /// The statistic of the data as they are.
    public let observed: Double
    /// The statistic of the permuted data, in the order drawn (or of all permutations, where there are few).
    public let null: [Double]
    /// The probability, under the null hypothesis, of a statistic at least as extreme; never 0.
    public let pValue: Double
    /// Whether ``null`` holds every permutation rather than a random sample of them.
    public let isExact: Bool

    /// Which values of the statistic are extreme.
    public enum Alternative: String, Codable, Sendable, CaseIterable {
        /// Large values.
        case greater
        /// Small values.
        case less
        /// Values far from 0 on either side.
        case twoSided = "two-sided"
    }

    /// Compares `observed` with `null`.
    ///
    /// Where `null` is a random sample, the data themselves count as one more permutation: p = (1 + k) / (1 + n), so
    /// that the test holds its level with any n. Source: Phipson and Smyth, 2010, doi:10.2202/1544-6115.1585.
    public init(observed: Double, null: [Double], alternative: Alternative, isExact: Bool = false) {
        self.observed = observed
        self.null = null
        self.isExact = isExact
        // Permuted sums are added in another order; without this slack, ties would be lost to rounding.
        let slack = 1e-12 * max(1, abs(observed))
        let extreme = null.count { value in
            switch alternative {
            case .greater: value >= observed - slack
            case .less: value <= observed + slack
            case .twoSided: abs(value) >= abs(observed) - slack
            }
        }
        let drawn = isExact ? 0 : 1
        let total = null.count + drawn
        pValue = total == 0 ? 1 : Double(extreme + drawn) / Double(total)
    }
}
