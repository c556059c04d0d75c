import SondeSDK
import SondeStatistics

extension Judge {
    private typealias Pair = (first: Predictions, second: Predictions)

    /// Compares two sides that answered the same items, each in one run or more.
    ///
    /// A run of the first side is compared with that of the second in the same place; a side of one run is compared with
    /// every run of the other.
    /// - Throws: ``HostError`` for runs that answered other items, and what the metric throws.
    func compare(_ first: [AnswersResult], _ second: [AnswersResult]) throws -> ComparisonResult {
        guard let any = first.first, !second.isEmpty else {
            throw HostError(.internal, "There are no answers to compare.")
        }
        for other in first + second where !other.answersSameItems(as: any) {
            throw HostError(.internal, "Answers to different items are to be compared.")
        }
        let sides = (first: first.map(predictions), second: second.map(predictions))
        let pairs = (0..<max(first.count, second.count)).map {
            (first: sides.first[$0 % first.count], second: sides.second[$0 % second.count])
        }
        return isProportion
            ? try compareProportions(pairs, runs: sides.first) : try compareValues(pairs, runs: sides.first)
    }

    private func compareProportions(_ pairs: [Pair], runs: [Predictions]) throws -> ComparisonResult {
        let differences = try pairs.map { pair in
            zip(try itemScores(of: pair.first), try itemScores(of: pair.second)).map { $0 - $1 }
        }
        let means = differences[0].indices.map { item in
            differences.reduce(0) { $0 + $1[item] } / Double(differences.count)
        }
        var (signs, samples) = (stream("signs"), stream("bootstrap"))
        let test: ComparisonResult.Test =
            pairs.count == 1
            ? .init(
                method: .mcNemar,
                pValue: McNemarTest(
                    onlyFirst: means.count { $0 > 0 }, onlySecond: means.count { $0 < 0 }
                ).pValue)
            : .init(
                method: .permutation, pValue: PermutationTest.paired(differences: means, using: &signs).pValue
            )
        return ComparisonResult(
            metric: id, items: means.count, runs: runs.count,
            difference: means.reduce(0, +) / Double(means.count),
            interval: Interval.twoWayBootstrap(
                of: differences, replicates: Self.replicates, using: &samples),
            runsInterval: Interval.twoWayBootstrap(
                of: try runs.map(itemScores), replicates: Self.replicates, using: &samples),
            test: test)
    }

    private func compareValues(_ pairs: [Pair], runs: [Predictions]) throws -> ComparisonResult {
        let count = pairs[0].first.count
        var (swaps, samples) = (stream("swaps"), stream("bootstrap"))
        let test = try whereDefined {
            try PermutationTest.swaps(of: count, replicates: Self.replicates, using: &swaps) { isSwapped in
                try difference(
                    pairs.map {
                        (
                            $0.first.swapping(isSwapped, with: $0.second),
                            $0.second.swapping(isSwapped, with: $0.first)
                        )
                    })
            }
        }
        return ComparisonResult(
            metric: id, items: count, runs: runs.count, difference: try difference(pairs),
            interval: try interval(pairs.count, of: count, using: &samples) { pair, items in
                try difference([(pairs[pair].first.subset(items), pairs[pair].second.subset(items))])
            },
            runsInterval: try interval(runs.count, of: count, using: &samples) { run, items in
                try value(of: runs[run].subset(items))
            },
            test: test.map { .init(method: .permutation, pValue: $0.pValue) })
    }

    /// The mean over pairs of the first's value less the second's.
    private func difference(_ pairs: [Pair]) throws -> Double {
        try pairs.reduce(0) { $0 + (try value(of: $1.first) - value(of: $1.second)) } / Double(pairs.count)
    }

    /// The two-way bootstrap interval of the mean over runs.
    private func interval(
        _ runs: Int, of items: Int, using stream: inout RandomStream,
        _ value: (_ run: Int, _ items: [Int]) throws -> Double
    ) throws -> Interval? {
        try whereDefined {
            try Interval.twoWayBootstrap(
                seeds: runs, examples: items, replicates: Self.replicates, using: &stream
            ) { seeds, items in
                // A run that is drawn twice is asked once.
                let times = Dictionary(seeds.map { ($0, 1) }, uniquingKeysWith: +)
                let sum = try times.sorted { $0.key < $1.key }.reduce(0) {
                    $0 + Double($1.value) * (try value($1.key, items))
                }
                return sum / Double(seeds.count)
            }
        }
    }

    private func stream(_ name: String) -> RandomStream {
        RandomStream(seed: 0, name: "compare/\(id)/\(name)")
    }
}

extension AnswersResult {
    /// Whether both have the same items in the same order.
    fileprivate func answersSameItems(as other: AnswersResult) -> Bool {
        labels == other.labels
            && items.elementsEqual(other.items) { $0.line == $1.line && $0.label == $1.label }
    }
}
