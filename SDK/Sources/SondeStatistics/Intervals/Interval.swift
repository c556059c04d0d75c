/// An interval estimate together with how it came about.
public struct Interval: Hashable, Codable, Sendable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// The confidence level, between 0 and 1, such as 0.95.
    public var level: Double
    /// How the interval was made.
    public var method: Method

    /// An interval from `lower` to `upper`.
    public init(lower: Double, upper: Double, level: Double, method: Method) {
        self.lower = lower
        self.upper = upper
        self.level = level
        self.method = method
    }

    /// Tells whether `value` lies in the interval, ends included.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }

    /// The ways to make an interval; the raw values are what reports and files say.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// Wilson's score interval of a proportion.
        case wilson
        /// Student's t interval of a mean.
        case student
        /// The percentile bootstrap over one kind of unit.
        case bootstrap
        /// The percentile bootstrap over seeds and examples at once.
        case twoWayBootstrap = "two-way bootstrap"
    }
}

/// Stops the program if `level` is not a probability strictly between 0 and 1.
func requireProbability(_ level: Double, _ name: String) {
    precondition(level > 0 && level < 1, "\(name) must lie strictly between 0 and 1, not \(level)")
}
