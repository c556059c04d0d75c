import Glibc

/// Learned position biases of T5: near distances have a bucket each, farther ones share buckets.
///
/// The shared buckets grow with the logarithm of the distance. Sources: Raffel et al. 2020, arXiv:1910.10683, section
/// 2.1; transformers, src/transformers/models/t5/modeling_t5.py, `_relative_position_bucket`.
public struct RelativeBuckets {
    /// `[buckets × heads]`.
    let table: Parameter
    /// Whether half of the buckets are for keys after the query.
    let isBidirectional: Bool
    /// From this distance on all share the last bucket.
    let longestDistance: Int

    /// Describes buckets.
    public init(table: Parameter, isBidirectional: Bool, longestDistance: Int) {
        precondition(
            table.rows >= (isBidirectional ? 4 : 2)
                && longestDistance > table.rows / (isBidirectional ? 4 : 2),
            "\(table.rows) buckets for distances up to \(longestDistance)")
        self.table = table
        self.isBidirectional = isBidirectional
        self.longestDistance = longestDistance
    }

    /// The buckets of the distances from `-longest` to `longest`, key position minus query position.
    func numbers(longest: Int) -> [Int] { (-longest...longest).map(number) }

    private func number(of distance: Int) -> Int {
        guard isBidirectional else { return near(max(-distance, 0), of: table.rows) }
        let half = table.rows / 2
        return near(abs(distance), of: half) + (distance > 0 ? half : 0)
    }

    /// The bucket of an absolute distance among `count`.
    private func near(_ distance: Int, of count: Int) -> Int {
        let exact = count / 2
        guard distance >= exact else { return distance }
        // In float32, as the reference, whose rounding decides at the borders.
        let share = log(Float(distance) / Float(exact)) / Float(log(Double(longestDistance) / Double(exact)))
        return min(exact + Int(share * Float(count - exact)), count - 1)
    }
}
