import SondeStatistics
import Testing

@Suite struct `The bootstrap` {
    @Test func `over examples agrees with NumPy draw by draw`() throws {
        let expected = try Reference.load().bootstraps
        var stream = RandomStream(seed: 1, name: "replicates")
        let pairs = Array(zip(expected.references, expected.predictions))
        let interval = try #require(
            Interval.bootstrap(of: pairs, replicates: 500, level: 0.9, using: &stream) { sample in
                Double(sample.count { $0 == $1 }) / Double(sample.count)
            })
        #expect(agree(interval.lower, expected.oneWay[0]) && agree(interval.upper, expected.oneWay[1]))
        #expect(interval.method == .bootstrap && interval.level == 0.9)
    }

    @Test func `over seeds and examples agrees with NumPy draw by draw`() throws {
        let expected = try Reference.load().bootstraps
        var stream = RandomStream(seed: 2, name: "replicates")
        let interval = try #require(
            Interval.twoWayBootstrap(of: expected.scores, replicates: 400, using: &stream))
        #expect(agree(interval.lower, expected.twoWay[0]) && agree(interval.upper, expected.twoWay[1]))
        #expect(interval.method == .twoWayBootstrap)
    }

    @Test func `over seeds and examples of any statistic draws the same samples`() throws {
        let expected = try Reference.load().bootstraps
        var stream = RandomStream(seed: 2, name: "replicates")
        let interval = try #require(
            Interval.twoWayBootstrap(seeds: 3, examples: 12, replicates: 400, using: &stream) {
                seeds, examples in
                let means = seeds.map { seed in
                    examples.reduce(0) { $0 + expected.scores[seed][$1] } / Double(examples.count)
                }
                return means.reduce(0, +) / Double(seeds.count)
            })
        #expect(agree(interval.lower, expected.twoWay[0]) && agree(interval.upper, expected.twoWay[1]))
    }

    @Test func `over seeds too is wider where seeds disagree`() throws {
        let scores = [0.0, 0.5, 1.0].map { share in (0..<200).map { Double($0) < 200 * share ? 1.0 : 0.0 } }
        var stream = RandomStream(seed: 4, name: "seeds")
        let both = try #require(Interval.twoWayBootstrap(of: scores, replicates: 500, using: &stream))
        let one = try #require(Interval.twoWayBootstrap(of: [scores[1]], replicates: 500, using: &stream))
        #expect(both.upper - both.lower > 2 * (one.upper - one.lower))
    }

    @Test func `of nothing does not exist`() {
        var stream = RandomStream(seed: 0, name: "none")
        #expect(Interval.bootstrap(of: [Double](), using: &stream) { $0[0] } == nil)
        #expect(Interval.twoWayBootstrap(of: [], using: &stream) == nil)
        #expect(Interval.twoWayBootstrap(of: [[], []], using: &stream) == nil)
    }

    @Test func `of one item is that item`() {
        var stream = RandomStream(seed: 0, name: "one")
        let interval = Interval.bootstrap(of: [0.25], replicates: 10, using: &stream) { $0[0] }
        #expect(interval?.lower == 0.25 && interval?.upper == 0.25)
    }
}
