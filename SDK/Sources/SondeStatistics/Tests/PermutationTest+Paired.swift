extension PermutationTest {
    /// The paired test of no difference: under the null hypothesis the sign of each difference is a fair coin.
    ///
    /// The statistic is the mean difference, and the test is two-sided. With few differences other than 0 (2^n within
    /// `replicates`) every combination of signs is counted; otherwise `replicates` random ones. Without any difference
    /// p is 1. Source: Fisher, "The Design of Experiments", 1935, section 21.
    ///
    /// - Parameters:
    ///   - differences: One for each pair, such as an example's score with one prompt less its score with another.
    ///   - replicates: The largest number of sign combinations to look at.
    ///   - stream: Where the random signs come from.
    public static func paired(
        differences: [Double], replicates: Int = 10_000, using stream: inout RandomStream
    ) -> PermutationTest {
        let count = Double(max(differences.count, 1))
        let observed = differences.reduce(0, +) / count
        // A difference of 0 has no sign: leaving it out changes no mean.
        let signed = differences.filter { $0 != 0 }
        if signed.count < 62, 1 << signed.count <= replicates {
            let null = (0..<(1 << signed.count)).map { signs in
                mean(of: signed, over: count) { signs >> $0 & 1 == 1 }
            }
            return PermutationTest(observed: observed, null: null, alternative: .twoSided, isExact: true)
        }
        let null = (0..<replicates).map { _ in
            mean(of: signed, over: count) { _ in stream.next() >> 63 == 1 }
        }
        return PermutationTest(observed: observed, null: null, alternative: .twoSided)
    }

    private static func mean(
        of differences: [Double], over count: Double, flips: (Int) -> Bool
    ) -> Double {
        differences.indices.reduce(0) { $0 + (flips($1) ? -differences[$1] : differences[$1]) } / count
    }
}
