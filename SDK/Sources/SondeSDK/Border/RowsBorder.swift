import CSonde

extension Rows {
    /// A copy of rows that crossed the border.
    init(copying pointer: UnsafePointer<sonde_rows>) throws {
        let rows = covered(pointer)
        let count = Int(rows.row_count)
        guard rows.text_offsets != nil || count == 0 else {
            throw SondeError.invalidArgument("A batch of \(count) rows has no texts.")
        }
        self.init()
        for row in 0..<count {
            let text = try Self.item(row, of: rows.text_offsets, rows.text_ids)
            var candidates: [[Int32]] = []
            if let offsets = rows.candidate_offsets {
                candidates = try (Int(offsets[row])..<Int(offsets[row + 1])).map {
                    try Self.item($0, of: rows.candidate_token_offsets, rows.candidate_ids)
                }
            }
            let label = rows.labels.map { Int($0[row]) } ?? -1
            guard label >= -1 && label < max(candidates.count, 1) else {
                throw SondeError.invalidArgument(
                    "Row \(row) has the label \(label) and \(candidates.count) candidates.")
            }
            append(
                text: text, candidates: candidates, label: label, key: rows.keys.map { $0[row] },
                line: rows.lines.map { $0[row] } ?? 0)
        }
    }

    private static func item(
        _ index: Int, of offsets: UnsafePointer<UInt64>?, _ ids: UnsafePointer<Int32>?
    ) throws -> [Int32] {
        guard let offsets, offsets[index] <= offsets[index + 1] else {
            throw SondeError.invalidArgument("The offsets of a batch do not ascend at item \(index).")
        }
        let count = Int(offsets[index + 1] - offsets[index])
        return Array(UnsafeBufferPointer(start: ids.map { $0 + Int(offsets[index]) }, count: count))
    }

    /// The rows as they cross the border, in memory of `scratch`.
    func lent(in scratch: Scratch) -> sonde_rows {
        sonde_rows(
            struct_size: size(of: sonde_rows.self),
            row_count: UInt64(count),
            text_offsets: scratch.copy(texts.offsets.map(UInt64.init)),
            text_ids: scratch.copy(texts.values),
            candidate_offsets: scratch.copy(candidateOffsets.map(UInt64.init)),
            candidate_token_offsets: scratch.copy(candidates.offsets.map(UInt64.init)),
            candidate_ids: scratch.copy(candidates.values),
            labels: scratch.copy(labels),
            keys: scratch.copy(keys),
            lines: scratch.copy(lines))
    }
}
