/// Student's t distribution.
public struct StudentDistribution: Hashable, Sendable {
    /// The degrees of freedom; need not be whole.
    public let degreesOfFreedom: Double

    /// The distribution with so many degrees of freedom, more than none.
    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom must be positive, not \(degreesOfFreedom)")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value of at most `t`.
    ///
    /// Source: Abramowitz and Stegun, 26.7.1.
    public func cumulative(_ t: Double) -> Double {
        let ratio = degreesOfFreedom / (degreesOfFreedom + t * t)
        let tail = regularisedIncompleteBeta(at: ratio, degreesOfFreedom / 2, 0.5) / 2
        return t > 0 ? 1 - tail : tail
    }

    /// The value that is not exceeded with `probability`: infinite at 0 and 1.
    public func quantile(_ probability: Double) -> Double {
        symmetricQuantile(probability, cumulative: cumulative)
    }
}
