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
    /// The mass between -t and t, or for larger `t` that beyond them: whichever is the smaller loses no digits. Source:
    /// Abramowitz and Stegun, 26.7.1.
    public func cumulative(_ t: Double) -> Double {
        let square = t * t
        if square < 1 {
            let share = square / (degreesOfFreedom + square)
            let within = regularisedIncompleteBeta(at: share, 0.5, degreesOfFreedom / 2)
            return 0.5 + (t > 0 ? within : -within) / 2
        }
        let share = degreesOfFreedom / (degreesOfFreedom + square)
        let beyond = regularisedIncompleteBeta(at: share, degreesOfFreedom / 2, 0.5)
        return t > 0 ? 1 - beyond / 2 : beyond / 2
    }

    /// The value that is not exceeded with `probability`: infinite at 0 and 1.
    public func quantile(_ probability: Double) -> Double {
        symmetricQuantile(probability, cumulative: cumulative)
    }
}
