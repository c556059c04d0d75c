import Glibc

/// What is added to a scaled attention score because of the distance between query and key.
public enum PositionBias {
    /// Nothing.
    case none
    /// For each head a slope times the distance, key position minus query position (Press, Smith and Lewis 2022,
    /// arXiv:2108.12409). Adding slope times key position, as BLOOM does, gives the same softmax.
    case slopes([Float])
    /// For each head a learned number for the bucket of the distance.
    case buckets(RelativeBuckets)

    /// The learned numbers, if there are any.
    var parameter: Parameter? {
        if case .buckets(let buckets) = self { buckets.table } else { nil }
    }

    /// The slopes of BLOOM: a geometric sequence from 2^(-8/n) for a power of two n; for other head counts that of the
    /// power of two below, followed by every other slope of the power of two above.
    public static func linear(headCount: Int) -> PositionBias {
        precondition(headCount > 0, "attention with \(headCount) heads")
        let power = 1 << (Int.bitWidth - 1 - headCount.leadingZeroBitCount)
        var slopes = (1...power).map { pow(2, -8 * Double($0) / Double(power)) }
        slopes += (0..<headCount - power).map { pow(2, -4 * Double(2 * $0 + 1) / Double(power)) }
        return .slopes(slopes.map(Float.init))
    }

    /// The bias of one head for distances from `-longest` to `longest`; nil if there is none.
    func table(head: Int, longest: Int) -> [Float]? {
        switch self {
        case .none: nil
        case .slopes(let slopes): (-longest...longest).map { slopes[head] * Float($0) }
        case .buckets(let buckets):
            buckets.numbers(longest: longest).map { buckets.table.value(row: $0, column: head) }
        }
    }
}
