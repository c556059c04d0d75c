/// A part of a forest whose attention scores are computed together: consecutive rows and all that they see.
///
/// The scores of a unit are a matrix `[rows × width]` whose columns are positions on the path, so that a segment of keys
/// is a range of columns, and the rows that see it are a range of rows.
struct AttentionUnit {
    /// The rows that attend.
    let rows: Range<Int>
    /// The segments of these rows.
    let segments: Range<Int>
    /// The segments above all of them, root first.
    let ancestors: [Int]
    /// The number of tokens of the longest path through one of the segments.
    let width: Int
}

extension AttentionUnit {
    /// A segment of keys, the rows of the unit that see it, and its columns.
    struct Keys {
        let segment: Int
        let rows: Range<Int>
        let columns: Range<Int>
    }

    /// All segments that rows of the unit see, those above first.
    func keys(in forest: Forest) -> [Keys] {
        let above = ancestors.map { Keys(segment: $0, rows: rows, columns: forest.segments[$0].positions) }
        return above
            + segments.map { index in
                let segment = forest.segments[index]
                let rows = segment.subtreeRows.clamped(to: rows)
                return Keys(segment: index, rows: rows, columns: segment.positions)
            }
    }
}

extension Forest {
    /// The forest cut into units of at most `limit` scores where that is possible.
    ///
    /// A subtree that is small enough stays whole, together with its neighbours; of a larger one the top segment becomes
    /// a unit, followed by units of what hangs under it.
    func units(limit: Int) -> [AttentionUnit] {
        var units: [AttentionUnit] = []
        divide(0..<segments.count, under: [], limit: limit, into: &units)
        return units.filter { !$0.rows.isEmpty }
    }

    /// Cuts sibling subtrees, which together are the segments in `range`.
    private func divide(
        _ range: Range<Int>, under ancestors: [Int], limit: Int, into units: inout [AttentionUnit]
    ) {
        var start = range.lowerBound
        var width = 0
        var next = range.lowerBound
        func flush() {
            guard start < next else { return }
            units.append(unit(start..<next, under: ancestors, width: width))
        }
        while next < range.upperBound {
            let segment = segments[next]
            let rows = rowCount(from: start, to: segment.endOfSubtreeRows)
            if rows * max(width, segment.longestPath) > limit {
                flush()
                (start, width) = (next, 0)
                if segment.subtreeRows.count * segment.longestPath > limit {
                    units.append(unit(next..<next + 1, under: ancestors, width: segment.positions.upperBound))
                    divide(
                        next + 1..<segment.endOfSubtree, under: ancestors + [next], limit: limit, into: &units
                    )
                    start = segment.endOfSubtree
                }
            }
            if start <= next { width = max(width, segment.longestPath) }
            next = segment.endOfSubtree
        }
        flush()
    }

    private func rowCount(from segment: Int, to endOfRows: Int) -> Int {
        endOfRows - segments[segment].rows.lowerBound
    }

    private func unit(_ range: Range<Int>, under ancestors: [Int], width: Int) -> AttentionUnit {
        let rows = segments[range.lowerBound].rows.lowerBound..<segments[range.upperBound - 1].rows.upperBound
        return AttentionUnit(rows: rows, segments: range, ancestors: ancestors, width: width)
    }
}
