extension Interval {
    /// The percentile bootstrap interval of `statistic` over `items`.
    ///
    /// `nil` without any item. Items are the units that were sampled independently: examples, or clusters of them.
    /// Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
    ///
    /// - Parameters:
    ///   - items: The sample.
    ///   - replicates: How many bootstrap samples are drawn; at least 1.
    ///   - level: The confidence level.
    ///   - stream: Where the random numbers come from.
    ///   - statistic: Computed of each bootstrap sample, which has as many items as `items`.
    public static func bootstrap<Item>(
        of items: [Item],
        replicates: Int = 10_000,
        level: Double = 0.95,
        using stream: inout RandomStream,
        statistic: ([Item]) throws -> Double
    ) rethrows -> Interval? {
        guard !items.isEmpty else { return nil }
        let values = try (0..<replicates).map { _ in
            try statistic(stream.resample(of: items.count).map { items[$0] })
        }
        return percentiles(of: values, level: level, method: .bootstrap)
    }

    /// The interval between the two outer percentiles of `replicates`.
    static func percentiles(of replicates: [Double], level: Double, method: Method) -> Interval? {
        requireProbability(level, "level")
        let sorted = replicates.sorted()
        guard
            let lower = quantile(ofSorted: sorted, at: (1 - level) / 2),
            let upper = quantile(ofSorted: sorted, at: (1 + level) / 2)
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level, method: method)
    }
}
