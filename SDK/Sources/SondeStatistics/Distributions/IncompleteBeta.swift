import Glibc

/// The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and positive `a` and `b`.
///
/// A continued fraction where it converges fast, and the reflection I_x(a, b) = 1 - I_{1-x}(b, a) elsewhere.
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.4.
func regularisedIncompleteBeta(at x: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(x) && a > 0 && b > 0, "I_\(x)(\(a), \(b)) is not defined")
    if x == 0 || x == 1 { return x }
    let logarithmOfFront = a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)
    let front = exp(logarithmOfFront)
    if x > (a + 1) / (a + b + 2) {
        return 1 - front * betaContinuedFraction(at: 1 - x, b, a) / b
    }
    return front * betaContinuedFraction(at: x, a, b) / a
}

/// The continued fraction of the incomplete beta function, by Lentz's method as modified by Thompson and Barnett.
private func betaContinuedFraction(at x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
    var fraction = denominator
    // Converges within O(sqrt(max(a, b))) terms on this side of the reflection; the bound only guards against NaN.
    for term in 1...100_000 {
        let m = Double(term)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        var change = 1.0
        for coefficient in [even, odd] {
            denominator = 1 / awayFromZero(1 + coefficient * denominator)
            numerator = awayFromZero(1 + coefficient / numerator)
            change = denominator * numerator
            fraction *= change
        }
        if abs(change - 1) < 1e-16 { break }
    }
    return fraction
}

/// The logarithm of the gamma function of a positive number.
private func logGamma(_ x: Double) -> Double {
    // The C function would also write a process-wide sign; this overlay does not.
    let (value, _) = lgamma(x)
    return value
}
