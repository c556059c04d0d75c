extension Interval {
    /// Wilson's score interval of a proportion: `successes` of `trials`.
    ///
    /// It stays within [0, 1], has a positive width at 0 and 1, and is right to use with few trials. Without any trial it
    /// is [0, 1]. Source: Wilson, 1927, doi:10.1080/01621459.1927.10502953.
    public static func wilson(successes: Int, of trials: Int, level: Double = 0.95) -> Interval {
        requireProbability(level, "level")
        precondition(0 <= successes && successes <= trials, "\(successes) successes of \(trials) trials")
        guard trials > 0 else { return Interval(lower: 0, upper: 1, level: level, method: .wilson) }
        let count = Double(trials)
        let rate = Double(successes) / count
        let z = NormalDistribution.quantile((1 + level) / 2)
        let shrinkage = 1 + z * z / count
        let centre = (rate + z * z / (2 * count)) / shrinkage
        let half = z * (rate * (1 - rate) / count + z * z / (4 * count * count)).squareRoot() / shrinkage
        // At 0 and 1 the ends are exact; rounding would leave a stray 1e-17.
        return Interval(
            lower: successes == 0 ? 0 : centre - half,
            upper: successes == trials ? 1 : centre + half,
            level: level,
            method: .wilson
        )
    }
}
