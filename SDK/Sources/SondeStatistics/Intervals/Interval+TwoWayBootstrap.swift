extension Interval {
    /// The percentile bootstrap interval of the mean of `scores` over seeds and examples at once.
    ///
    /// Seeds and examples are resampled independently of each other, so that the interval covers both the luck of
    /// training and the luck of the test set. With a single seed only the examples vary, and the interval says nothing
    /// about training. `nil` without any seed or any example.
    /// Source: Owen, "The pigeonhole bootstrap", 2007, doi:10.1214/07-AOAS122.
    ///
    /// - Parameters:
    ///   - scores: `[seeds × examples]`, such as 1 for a right and 0 for a wrong answer; rows of equal length.
    ///   - replicates: How many bootstrap samples are drawn; at least 1.
    ///   - level: The confidence level.
    ///   - stream: Where the random numbers come from.
    public static func twoWayBootstrap(
        of scores: [[Double]],
        replicates: Int = 10_000,
        level: Double = 0.95,
        using stream: inout RandomStream
    ) -> Interval? {
        guard let examples = scores.first?.count, examples > 0 else { return nil }
        precondition(scores.allSatisfy { $0.count == examples }, "every seed needs a score for every example")
        let cells = Double(scores.count * examples)
        let means = (0..<replicates).map { _ in
            let seeds = stream.resample(of: scores.count)
            let chosen = stream.resample(of: examples)
            let total = seeds.reduce(0.0) { sum, seed in
                let row = scores[seed]
                return chosen.reduce(sum) { $0 + row[$1] }
            }
            return total / cells
        }
        return percentiles(of: means, level: level, method: .twoWayBootstrap)
    }
}
