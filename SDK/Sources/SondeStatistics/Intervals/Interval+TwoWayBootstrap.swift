extension Interval {
    /// The percentile bootstrap interval of a statistic over seeds and examples at once.
    ///
    /// Seeds and examples are resampled independently of each other, so that the interval covers both the luck of
    /// training and the luck of the test set. With a single seed only the examples vary, and the interval says nothing
    /// about training. `nil` without any seed or any example.
    /// Source: Owen, "The pigeonhole bootstrap", 2007, doi:10.1214/07-AOAS122.
    ///
    /// - Parameters:
    ///   - seeds: How many seeds there are.
    ///   - examples: How many examples each was judged on.
    ///   - replicates: How many bootstrap samples are drawn; at least 1.
    ///   - level: The confidence level.
    ///   - stream: Where the random numbers come from.
    ///   - statistic: Computed of the seeds and of the examples that were drawn, each by its index.
    public static func twoWayBootstrap(
        seeds: Int, examples: Int, replicates: Int = 10_000, level: Double = 0.95,
        using stream: inout RandomStream, statistic: (_ seeds: [Int], _ examples: [Int]) throws -> Double
    ) rethrows -> Interval? {
        guard seeds > 0, examples > 0 else { return nil }
        let values = try (0..<replicates).map { _ in
            try statistic(stream.resample(of: seeds), stream.resample(of: examples))
        }
        return percentiles(of: values, level: level, method: .twoWayBootstrap)
    }

    /// The same of the mean of `scores`.
    ///
    /// - Parameters:
    ///   - scores: `[seeds × examples]`, such as 1 for a right and 0 for a wrong answer; rows of equal length.
    ///   - replicates: How many bootstrap samples are drawn; at least 1.
    ///   - level: The confidence level.
    ///   - stream: Where the random numbers come from.
    public static func twoWayBootstrap(
        of scores: [[Double]], replicates: Int = 10_000, level: Double = 0.95,
        using stream: inout RandomStream
    ) -> Interval? {
        let examples = scores.first?.count ?? 0
        precondition(scores.allSatisfy { $0.count == examples }, "every seed needs a score for every example")
        return twoWayBootstrap(
            seeds: scores.count, examples: examples, replicates: replicates, level: level, using: &stream
        ) { seeds, chosen in
            let total = seeds.reduce(0.0) { sum, seed in
                let row = scores[seed]
                return chosen.reduce(sum) { $0 + row[$1] }
            }
            return total / Double(seeds.count * examples)
        }
    }
}
