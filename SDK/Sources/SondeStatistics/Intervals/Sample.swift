/// What a handful of numbers, such as one accuracy for each seed, says about its mean.
public struct Sample: Hashable, Sendable {
    /// How many numbers there are.
    public let count: Int
    /// Their mean; `nil` without any number.
    public let mean: Double?
    /// Their standard deviation with the divisor `count` - 1; `nil` for fewer than two numbers.
    public let standardDeviation: Double?

    /// The sample `values`.
    public init(_ values: [Double]) {
        count = values.count
        guard !values.isEmpty else {
            mean = nil
            standardDeviation = nil
            return
        }
        let centre = values.reduce(0, +) / Double(count)
        mean = centre
        let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        standardDeviation = count < 2 ? nil : (squares / Double(count - 1)).squareRoot()
    }

    /// The standard error of the mean; `nil` for fewer than two numbers.
    public var standardError: Double? {
        standardDeviation.map { $0 / Double(count).squareRoot() }
    }

    /// Student's t interval of the mean; `nil` for fewer than two numbers, which say nothing about spread.
    ///
    /// Source: Student, 1908, doi:10.2307/2331554.
    public func meanInterval(level: Double = 0.95) -> Interval? {
        requireProbability(level, "level")
        guard let mean, let standardError else { return nil }
        let t = StudentDistribution(degreesOfFreedom: Double(count - 1)).quantile((1 + level) / 2)
        return Interval(
            lower: mean - t * standardError, upper: mean + t * standardError, level: level, method: .student)
    }
}
