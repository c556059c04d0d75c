import Foundation
import SondeStatistics
import Testing

@Suite struct `Intervals` {
    @Test func `of proportions agree with SciPy`() throws {
        for expected in try Reference.load().wilson {
            let interval = Interval.wilson(
                successes: expected.successes, of: expected.trials, level: expected.level)
            #expect(agree(interval.lower, expected.interval[0]), "\(expected)")
            #expect(agree(interval.upper, expected.interval[1]), "\(expected)")
            #expect(interval.method == .wilson)
        }
    }

    @Test func `of a proportion without trials say nothing`() {
        let interval = Interval.wilson(successes: 0, of: 0)
        #expect(interval.lower == 0 && interval.upper == 1)
    }

    @Test func `of proportions stay open at certainty`() {
        let none = Interval.wilson(successes: 0, of: 30)
        let all = Interval.wilson(successes: 30, of: 30)
        #expect(none.lower == 0 && none.upper > 0.05)
        #expect(all.upper == 1 && all.lower < 0.95)
    }

    @Test func `of means agree with SciPy`() throws {
        for expected in try Reference.load().samples {
            let sample = Sample(expected.values)
            let interval = try #require(sample.meanInterval())
            #expect(agree(try #require(sample.mean), expected.mean))
            #expect(agree(try #require(sample.standardDeviation), expected.standardDeviation))
            #expect(agree(interval.lower, expected.interval[0]))
            #expect(agree(interval.upper, expected.interval[1]))
        }
    }

    @Test func `of means need two values`() {
        #expect(Sample([]).mean == nil)
        #expect(Sample([]).meanInterval() == nil)
        #expect(Sample([0.7]).mean == 0.7)
        #expect(Sample([0.7]).standardDeviation == nil)
        #expect(Sample([0.7]).meanInterval() == nil)
    }

    @Test func `contain their ends and say how they were made`() throws {
        let interval = Interval(lower: 0.2, upper: 0.4, level: 0.95, method: .twoWayBootstrap)
        #expect(interval.contains(0.2) && interval.contains(0.4) && !interval.contains(0.41))
        let stored = try JSONEncoder().encode(interval)
        #expect(String(decoding: stored, as: UTF8.self).contains("two-way bootstrap"))
        #expect(try JSONDecoder().decode(Interval.self, from: stored) == interval)
    }

    @Test func `refuse a level of one`() async {
        await #expect(processExitsWith: .failure) { _ = Interval.wilson(successes: 1, of: 2, level: 1) }
    }
}

@Suite struct `Quantiles` {
    @Test func `agree with NumPy`() throws {
        for expected in try Reference.load().quantiles {
            for (level, value) in zip(expected.levels, expected.quantiles) {
                #expect(agree(try #require(quantile(of: expected.values, at: level)), value))
            }
        }
    }

    @Test func `of nothing do not exist`() {
        #expect(quantile(of: [], at: 0.5) == nil)
    }
}
