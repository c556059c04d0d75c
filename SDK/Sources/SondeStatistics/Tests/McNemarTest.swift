/// McNemar's exact test whether two classifiers, judged on the same examples, are right equally often.
///
/// Only the examples on which exactly one of them is right count; under the null hypothesis each of these is a fair
/// coin. Source: McNemar, 1947, doi:10.1007/BF02295996; exact form as in Dietterich, 1998,
/// doi:10.1162/089976698300017197.
public struct McNemarTest: Hashable, Sendable {
    /// How many examples only the first gets right.
    public let onlyFirst: Int
    /// How many examples only the second gets right.
    public let onlySecond: Int

    /// The test from the two counts of disagreement.
    public init(onlyFirst: Int, onlySecond: Int) {
        precondition(onlyFirst >= 0 && onlySecond >= 0, "counts cannot be negative")
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
    }

    /// The test from what each got right, example by example.
    public init(first: [Bool], second: [Bool]) {
        precondition(
            first.count == second.count, "\(first.count) and \(second.count) examples cannot be paired")
        let pairs = zip(first, second)
        self.init(
            onlyFirst: pairs.count { $0 && !$1 },
            onlySecond: pairs.count { !$0 && $1 }
        )
    }

    /// The two-sided probability of a disagreement at least as lopsided; 1 where they never disagree.
    public var pValue: Double {
        let disagreements = onlyFirst + onlySecond
        let fewer = min(onlyFirst, onlySecond)
        if fewer * 2 == disagreements { return 1 }
        // P(X <= k) of n fair coins is I_1/2(n - k, k + 1).
        return min(
            1, 2 * regularisedIncompleteBeta(at: 0.5, Double(disagreements - fewer), Double(fewer + 1)))
    }
}
