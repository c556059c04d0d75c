/// Lines whose columns stand below each other; the last column runs free.
struct AlignedText {
    private let widths: [Int]

    /// The widths that rows of equally many columns need.
    init(_ rows: [[String]]) {
        let columns = rows.first?.count ?? 0
        widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    }

    /// One row as a line.
    func line(_ row: [String]) -> String {
        let last = row.count - 1
        return row.enumerated().map { column, text in
            column == last ? text : text + String(repeating: " ", count: widths[column] - text.count)
        }.joined(separator: "  ")
    }
}
