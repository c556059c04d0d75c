/// A batch of texts with their candidate continuations, as token ids.
public struct Rows: Sendable {
    /// The text of each row.
    public private(set) var texts: Ragged<Int32>
    /// The candidates of all rows, one after another.
    public private(set) var candidates: Ragged<Int32>
    /// Row i has the candidates `candidateOffsets[i] ..< candidateOffsets[i + 1]`.
    public private(set) var candidateOffsets: [Int]
    /// Which of its candidates is right, counted within the row; -1 where that is unknown.
    public private(set) var labels: [Int32]
    /// Names each row for dropout and noise, so that a row's numbers do not depend on its batch.
    public private(set) var keys: [UInt64]
    /// Source lines, counted from 1; 0 where a row came from no file.
    public private(set) var lines: [UInt64]

    /// No rows.
    public init() {
        texts = Ragged()
        candidates = Ragged()
        candidateOffsets = [0]
        labels = []
        keys = []
        lines = []
    }

    /// How many rows there are.
    public var count: Int { texts.count }

    /// The indices of a row's candidates in ``candidates``.
    public func candidateRange(of row: Int) -> Range<Int> {
        candidateOffsets[row]..<candidateOffsets[row + 1]
    }

    /// Adds a row; its key is its index unless another is given.
    public mutating func append(
        text: some Sequence<Int32>, candidates items: some Sequence<some Sequence<Int32>>, label: Int? = nil,
        key: UInt64? = nil, line: UInt64 = 0
    ) {
        keys.append(key ?? UInt64(texts.count))
        texts.append(text)
        for item in items { candidates.append(item) }
        candidateOffsets.append(candidates.count)
        labels.append(Int32(label ?? -1))
        lines.append(line)
    }

    /// Adds a row of another batch, with its candidates, label, key and line.
    public mutating func append(_ row: Int, of other: Rows) {
        let items = other.candidateRange(of: row).map { other.candidates[$0] }
        append(
            text: other.texts[row], candidates: items, label: Int(other.labels[row]), key: other.keys[row],
            line: other.lines[row])
    }
}
