/// The quantile of `values` at `probability`, with linear interpolation between the two nearest values.
///
/// `nil` without any value. This is definition 7 of Hyndman and Fan, 1996, doi:10.2307/2684934, the default of R and
/// NumPy.
public func quantile(of values: [Double], at probability: Double) -> Double? {
    quantile(ofSorted: values.sorted(), at: probability)
}

/// The quantile of `values`, which are in ascending order; otherwise as ``quantile(of:at:)``.
public func quantile(ofSorted values: [Double], at probability: Double) -> Double? {
    precondition((0...1).contains(probability), "a probability lies in [0, 1], not at \(probability)")
    guard let last = values.indices.last else { return nil }
    let position = Double(last) * probability
    let below = Int(position)
    let above = min(below + 1, last)
    return values[below] + (position - Double(below)) * (values[above] - values[below])
}
