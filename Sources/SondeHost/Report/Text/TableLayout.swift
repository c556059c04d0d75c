import SondeSDK

/// A table as rectangular text, the same for page, terminal, Markdown and LaTeX.
///
/// Rows that are too short are filled up; a row that is too long gives the table further columns without a heading, so
/// that nothing is lost silently.
struct TableLayout {
    /// A cell as text.
    struct Cell {
        /// The text or the number.
        let main: String
        /// The interval in brackets.
        let interval: String?
        /// Whether ``main`` was given as a text.
        let isText: Bool

        /// Number and interval together: `0.88 [0.85, 0.91]`.
        var whole: String { interval.map { "\(main) \($0)" } ?? main }
    }

    let headings: [String]
    let rows: [[Cell]]

    init(_ table: Table) {
        let width = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
        headings = (0..<width).map {
            $0 < table.columns.count ? VisibleText.line(table.columns[$0].title) : ""
        }
        rows = table.rows.map { row in
            (0..<width).map { index in
                let digits = index < table.columns.count ? table.columns[index].digits : 3
                return index < row.count
                    ? Self.cell(row[index], digits: digits) : Cell(main: "", interval: nil, isText: true)
            }
        }
    }

    /// Whether a column holds numbers and nothing else.
    func isNumeric(_ column: Int) -> Bool {
        rows.contains { !$0[column].isText }
            && rows.allSatisfy { !$0[column].isText || $0[column].main.isEmpty }
    }

    private static func cell(_ cell: Table.Cell, digits: Int) -> Cell {
        if let text = cell.text { return Cell(main: VisibleText.line(text), interval: nil, isText: true) }
        guard let value = cell.value else {
            return Cell(main: NumberText.missing, interval: nil, isText: false)
        }
        let ends = [cell.lower, cell.upper].map { end in
            end.map { NumberText.fixed($0, digits: digits) } ?? NumberText.missing
        }
        let hasInterval = cell.lower != nil || cell.upper != nil
        return Cell(
            main: hasInterval
                ? NumberText.fixed(value, digits: digits) : NumberText.distinct(value, digits: digits),
            interval: hasInterval ? "[\(ends.joined(separator: ", "))]" : nil, isText: false)
    }
}
