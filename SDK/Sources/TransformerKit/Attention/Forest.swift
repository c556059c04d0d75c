/// How the rows of a batch see each other: segments of consecutive rows that hang together as trees.
///
/// A token attends to all tokens of the segments above its own and to those of its own up to itself (causal) or all of
/// its own (bidirectional). A prompt shared by a batch is a root, the texts are its children, and the continuations of a
/// text are a prefix tree under it: what two sequences have in common at their beginning stands in the batch once.
/// Positions count along the path from the root.
///
///     var forest = Forest()
///     let prompt = forest.append(rows: 8)
///     let text = forest.append(rows: 40, under: prompt)
///     forest.append(rows: 2, under: text)
///
/// Segments are appended depth first: a parent, then all that hangs under it. The rows of a segment and of everything
/// under it are therefore consecutive, and one matrix product serves all that see the segment.
public struct Forest {
    /// Consecutive rows of one sequence.
    struct Segment {
        /// The rows of the batch; none for a segment that is only seen.
        let rows: Range<Int>
        /// The rows of keys and values; none where these are cached, or where the segment only sees.
        let keyRows: Range<Int>
        /// The segment above.
        let parent: Int?
        /// Position of the first token, which is the number of tokens in the segments above.
        let depth: Int
        /// The number of tokens.
        let keyCount: Int
        /// Where keys and values come from instead of from rows of the batch.
        let cache: KeyValueCache?
        /// Where keys and values of the rows are also put.
        let saving: KeyValueCache?
        /// The end of the rows of this segment and of everything under it.
        fileprivate(set) var endOfSubtreeRows: Int
        /// The end of the indices of everything under this segment.
        fileprivate(set) var endOfSubtree: Int
        /// The number of tokens of the longest path through this segment.
        fileprivate(set) var longestPath: Int

        /// The rows that see this segment.
        var subtreeRows: Range<Int> { rows.lowerBound..<endOfSubtreeRows }
        /// The positions of its tokens.
        var positions: Range<Int> { depth..<depth + keyCount }
    }

    /// The segments in the order in which they were appended.
    private(set) var segments: [Segment] = []
    /// The number of rows of the batch.
    public private(set) var rowCount = 0

    /// Makes a forest without segments.
    public init() {}

    /// Appends a segment of new rows and returns its number.
    ///
    /// - Parameters:
    ///   - rows: The number of rows, which follow those of the segment appended last.
    ///   - parent: The segment that this one continues; the last one, or one above it.
    ///   - cache: Gets the keys and values of the rows appended in every layer, for later passes.
    @discardableResult
    public mutating func append(rows: Int, under parent: Int? = nil, savingTo cache: KeyValueCache? = nil)
        -> Int
    {
        append(rows: rows, keyRows: rowCount..<rowCount + rows, under: parent, saving: cache)
    }

    /// Appends a root that is only seen: rows of another value, such as a text that an encoder has read.
    ///
    /// - Parameters:
    ///   - keyRows: Its rows among the keys and values.
    ///   - cache: Gets the keys and values, for later passes.
    @discardableResult
    public mutating func append(keys keyRows: Range<Int>, savingTo cache: KeyValueCache? = nil) -> Int {
        append(rows: 0, keyRows: keyRows, under: nil, saving: cache)
    }

    /// Appends a segment of new rows that see what is above them, and not each other.
    @discardableResult
    public mutating func append(onlySeeing rows: Int, under parent: Int) -> Int {
        append(rows: rows, keyRows: 0..<0, under: parent)
    }

    /// Appends a segment whose keys and values were computed in earlier passes, all that `cache` holds by now.
    ///
    /// What stands above it must be cached too. No gradient flows to it.
    @discardableResult
    public mutating func append(cached cache: KeyValueCache, under parent: Int? = nil) -> Int {
        precondition(
            parent.map { segments[$0].cache != nil } ?? true, "a cached segment under one that is not")
        return append(rows: 0, keyRows: 0..<0, under: parent, cache: cache)
    }

    private mutating func append(
        rows: Int, keyRows: Range<Int>, under parent: Int?, cache: KeyValueCache? = nil,
        saving: KeyValueCache? = nil
    ) -> Int {
        let keyCount = cache?.count ?? keyRows.count
        precondition(rows >= 0, "a segment of \(rows) rows")
        let index = segments.count
        var depth = 0
        if let parent {
            precondition(
                segments.indices.contains(parent) && segments[parent].endOfSubtree == index,
                "segment \(parent) cannot be continued: segments are appended depth first")
            depth = segments[parent].positions.upperBound
        }
        let start = rowCount
        rowCount += rows
        segments.append(
            Segment(
                rows: start..<rowCount, keyRows: keyRows, parent: parent, depth: depth, keyCount: keyCount,
                cache: cache,
                saving: saving, endOfSubtreeRows: rowCount, endOfSubtree: index + 1,
                longestPath: depth + keyCount))
        var ancestor = parent
        while let above = ancestor {
            segments[above].endOfSubtreeRows = rowCount
            segments[above].endOfSubtree = index + 1
            segments[above].longestPath = max(segments[above].longestPath, depth + keyCount)
            ancestor = segments[above].parent
        }
        return index
    }

    /// The number of rows that keys and values must have.
    var keyRowCount: Int { segments.map(\.keyRows.upperBound).max() ?? 0 }

    /// The rows of a segment.
    public func rows(of segment: Int) -> Range<Int> { segments[segment].rows }

    /// The number of tokens above a segment: the position of its first row.
    public func depth(of segment: Int) -> Int { segments[segment].depth }

    /// The position of every row on its path.
    public var positions: [Int] { segments.flatMap { $0.rows.isEmpty ? [] : Array($0.positions) } }

    /// The number of tokens of the longest path.
    public var longestPath: Int { segments.map(\.longestPath).max() ?? 0 }
}
