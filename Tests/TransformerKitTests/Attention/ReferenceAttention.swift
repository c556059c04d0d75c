import Foundation
import TransformerKit

/// A forest as a list of segments, for making the kit's and for the reference.
struct ForestPlan: Sendable, CustomStringConvertible {
    /// Rows and the number of the parent.
    var segments: [(rows: Int, parent: Int?)]

    var forest: Forest {
        var forest = Forest()
        for segment in segments { forest.append(rows: segment.rows, under: segment.parent) }
        return forest
    }

    var rowCount: Int { segments.reduce(0) { $0 + $1.rows } }

    var description: String {
        segments.map { "\($0.rows)<\($0.parent.map(String.init) ?? "-")" }.joined(separator: " ")
    }

    /// The rows that each row sees, in the order of their positions, and its own position.
    func visible(isCausal: Bool) -> [(rows: [Int], position: Int)] {
        var result: [(rows: [Int], position: Int)] = []
        var paths: [[Int]] = []
        for (rows, parent) in segments {
            let above = parent.map { paths[$0] } ?? []
            let own = Array(result.count..<result.count + rows)
            paths.append(above + own)
            for index in own.indices {
                result.append((above + (isCausal ? Array(own[...index]) : own), above.count + index))
            }
        }
        return result
    }
}

/// Attention in double precision, one row and one head at a time, from matrices with their heads side by side.
func referenceAttention(
    query: Sample, key: Sample, value: Sample, heads: Int, slopes: [Double]?, isCausal: Bool, plan: ForestPlan
) -> [Double] {
    let width = query.width / heads
    var output = [Double](repeating: 0, count: query.rows * query.width)
    for (row, sight) in plan.visible(isCausal: isCausal).enumerated() {
        for head in 0..<heads {
            let columns = head * width..<(head + 1) * width
            let scores = sight.rows.enumerated().map { position, other in
                columns.reduce(0.0) {
                    $0 + Double(query.values[row * query.width + $1])
                        * Double(key.values[other * key.width + $1])
                } / Double(width).squareRoot() + (slopes?[head] ?? 0) * Double(position)
            }
            let largest = scores.max() ?? 0
            let weights = scores.map { exp($0 - largest) }
            let sum = weights.reduce(0, +)
            for (weight, other) in zip(weights, sight.rows) {
                for column in columns {
                    output[row * query.width + column] +=
                        weight / sum * Double(value.values[other * value.width + column])
                }
            }
        }
    }
    return output
}
