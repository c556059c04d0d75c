import SondeStatistics
import Testing

@Suite struct `Distributions` {
    @Test func `agree with SciPy`() throws {
        for expected in try Reference.load().distributions {
            let student = expected.degreesOfFreedom.map(StudentDistribution.init(degreesOfFreedom:))
            for pair in expected.cumulative {
                let value = student?.cumulative(pair[0]) ?? NormalDistribution.cumulative(pair[0])
                #expect(abs(value - pair[1]) <= 1e-10 * max(pair[1], 1e-300), "\(expected) at \(pair[0])")
            }
            for pair in expected.quantile {
                let value = student?.quantile(pair[0]) ?? NormalDistribution.quantile(pair[0])
                #expect(agree(value, pair[1]), "\(expected) at \(pair[0])")
            }
        }
    }

    @Test func `reach infinity at certainty`() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(StudentDistribution(degreesOfFreedom: 3).quantile(0) == -.infinity)
        #expect(StudentDistribution(degreesOfFreedom: 3).cumulative(.infinity) == 1)
        #expect(StudentDistribution(degreesOfFreedom: 3).cumulative(-.infinity) == 0)
    }
}
