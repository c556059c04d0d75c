extension PermutationTest {
    /// The test that `labels` have nothing to do with what `statistic` measures them against.
    ///
    /// Labels are shuffled, so that their shares stay as they are. For a maximum over many candidates let `statistic` be
    /// that maximum: its null distribution then accounts for the choice.
    ///
    /// - Parameters:
    ///   - labels: One for each example.
    ///   - replicates: How many shuffles are drawn.
    ///   - alternative: Which values of the statistic are extreme.
    ///   - stream: Where the random orders come from.
    ///   - statistic: Computed of the labels as they are and of every shuffle.
    public static func labels<Label>(
        _ labels: [Label],
        replicates: Int = 10_000,
        alternative: Alternative = .greater,
        using stream: inout RandomStream,
        statistic: ([Label]) -> Double
    ) -> PermutationTest {
        var shuffled = labels
        let null = (0..<replicates).map { _ in
            stream.shuffle(&shuffled)
            return statistic(shuffled)
        }
        return PermutationTest(observed: statistic(labels), null: null, alternative: alternative)
    }
}
