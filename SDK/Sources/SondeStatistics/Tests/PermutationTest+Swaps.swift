extension PermutationTest {
    /// The paired test of no difference for a statistic that is no mean: under the null hypothesis it does not matter
    /// which of an example's two answers came from which side.
    ///
    /// Two-sided. With few examples (2^n within `replicates`) every combination of swaps is counted; otherwise
    /// `replicates` random ones. Of a mean it is the same as ``paired(differences:replicates:using:)``.
    /// Source: Noreen, "Computer-Intensive Methods for Testing Hypotheses", 1989, chapter 2.
    ///
    /// - Parameters:
    ///   - count: How many examples there are.
    ///   - replicates: The largest number of combinations to look at.
    ///   - stream: Where the random swaps come from.
    ///   - statistic: A difference between both sides, given for each example whether its answers are swapped.
    public static func swaps(
        of count: Int, replicates: Int = 10_000, using stream: inout RandomStream,
        statistic: (_ isSwapped: [Bool]) throws -> Double
    ) rethrows -> PermutationTest {
        let observed = try statistic(Array(repeating: false, count: count))
        let isExact = count < 62 && 1 << count <= replicates
        let null = try (0..<(isExact ? 1 << count : replicates)).map { index in
            try statistic(
                (0..<count).map { isExact ? index >> $0 & 1 == 1 : stream.next() >> 63 == 1 })
        }
        return PermutationTest(observed: observed, null: null, alternative: .twoSided, isExact: isExact)
    }
}
