public import SondeSDK

/// Tables for a terminal.
public enum TableText {
    /// The table with aligned columns: title, headings, rows, note.
    ///
    /// Where it is wider than `width` columns, its broadest columns of text are shortened. Control characters of its
    /// texts never reach the terminal. With `isColoured` the title is bold, intervals and note are faint.
    public static func rendered(_ table: Table, width: Int = 100, isColoured: Bool = false) -> String {
        let layout = TableLayout(table)
        let paint = Paint(isOn: isColoured)
        let numeric = layout.headings.indices.map(layout.isNumeric)
        let widths = columnWidths(of: layout, numeric: numeric, total: width)
        let headings = layout.headings.enumerated().map { column, heading in
            fitted(heading, to: widths[column], toRight: numeric[column])
        }
        let rule = widths.map { String(repeating: "─", count: $0) }
        let rows = layout.rows.map { row in
            row.enumerated().map { column, cell in
                let text = fitted(cell.whole, to: widths[column], toRight: numeric[column])
                return cell.interval.map { text.replacing($0, with: paint.faint($0)) } ?? text
            }
        }
        let lines = ([headings, rule] + rows).map { withoutTrailingSpaces($0.joined(separator: "  ")) }
        let note = table.note.isEmpty ? [] : wrapped(VisibleText.line(table.note), to: width).map(paint.faint)
        return ([paint.bold(VisibleText.line(table.title))] + lines + note).map { $0 + "\n" }.joined()
    }

    /// Widths of the columns; texts give way where the whole is too wide, down to eight columns each.
    private static func columnWidths(of layout: TableLayout, numeric: [Bool], total: Int) -> [Int] {
        var widths = layout.headings.indices.map { column in
            ([layout.headings[column]] + layout.rows.map { $0[column].whole }).map(DisplayWidth.columns).max()
                ?? 0
        }
        var excess = widths.reduce(0, +) + 2 * max(widths.count - 1, 0) - total
        while excess > 0 {
            let flexible = widths.indices.filter { !numeric[$0] && widths[$0] > 8 }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private static func fitted(_ text: String, to width: Int, toRight: Bool) -> String {
        DisplayWidth.padded(DisplayWidth.shortened(text, to: width), to: width, toRight: toRight)
    }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        text.split(separator: " ").reduce(into: []) { lines, word in
            if let last = lines.last, DisplayWidth.columns(of: last + " " + word) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }

    private static func withoutTrailingSpaces(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
