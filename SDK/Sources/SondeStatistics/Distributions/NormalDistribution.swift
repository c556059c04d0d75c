import Glibc

/// The normal distribution with mean 0 and standard deviation 1.
public enum NormalDistribution {
    /// The probability of a value of at most `x`.
    public static func cumulative(_ x: Double) -> Double {
        erfc(-x / 2.0.squareRoot()) / 2
    }

    /// The value that is not exceeded with `probability`: infinite at 0 and 1.
    public static func quantile(_ probability: Double) -> Double {
        symmetricQuantile(probability, cumulative: cumulative)
    }
}
