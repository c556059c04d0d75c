/// The quantile at `probability` of a distribution that is symmetric about 0, by bisection of its lower half.
///
/// Bisection costs some sixty evaluations and cannot fail; working in the lower half keeps small probabilities
/// accurate. Infinite at 0 and 1.
func symmetricQuantile(_ probability: Double, cumulative: (Double) -> Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in [0, 1], not at \(probability)")
    if probability > 0.5 { return -symmetricQuantile(1 - probability, cumulative: cumulative) }
    if probability == 0.5 { return 0 }
    if probability == 0 { return -.infinity }
    var lower = -1.0
    while cumulative(lower) > probability { lower *= 2 }
    var upper = 0.0
    while true {
        let middle = (lower + upper) / 2
        if middle <= lower || middle >= upper { return middle }
        if cumulative(middle) < probability { lower = middle } else { upper = middle }
    }
}
