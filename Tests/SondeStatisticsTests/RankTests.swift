import SondeStatistics
import Testing

@Suite struct `Rank correlation` {
    @Test func `agrees with SciPy, ties included`() throws {
        for expected in try Reference.load().spearman {
            let correlation = try #require(SpearmanCorrelation(expected.first, expected.second))
            #expect(agree(correlation.coefficient, expected.coefficient))
            #expect(ranks(of: expected.first) == expected.ranks)
        }
    }

    @Test func `does not exist without variation`() {
        #expect(SpearmanCorrelation([], []) == nil)
        #expect(SpearmanCorrelation([1], [2]) == nil)
        #expect(SpearmanCorrelation([1, 2, 3], [4, 4, 4]) == nil)
    }

    @Test func `is tested against shuffled lists`() throws {
        let rising = (0..<12).map(Double.init)
        let correlation = try #require(SpearmanCorrelation(rising, rising.map { -$0 }))
        var stream = RandomStream(seed: 1, name: "spearman")
        let test = correlation.permutationTest(replicates: 999, using: &stream)
        #expect(correlation.coefficient == -1)
        #expect(test.pValue == 0.001)
        #expect(abs(try #require(Sample(test.null).mean)) < 0.05)
    }
}
