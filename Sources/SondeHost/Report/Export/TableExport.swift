public import SondeSDK

/// Tables as files for other programs.
public enum TableExport {
    /// The table as CSV (RFC 4180 with line feeds): one heading line, every number with all its digits.
    ///
    /// A column in which a cell has an interval is followed by two that hold its ends.
    public static func csv(of table: Table) -> String {
        let width = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
        let hasInterval = (0..<width).map { column in
            table.rows.contains { column < $0.count && ($0[column].lower != nil || $0[column].upper != nil) }
        }
        let headings = (0..<width).flatMap { column -> [String] in
            let title = column < table.columns.count ? table.columns[column].title : ""
            return hasInterval[column] ? [title, "\(title) lower", "\(title) upper"] : [title]
        }
        let rows = table.rows.map { row in
            (0..<width).flatMap { column -> [String] in
                let cell = column < row.count ? row[column] : Table.Cell.text("")
                let main = cell.text ?? cell.value.map(NumberText.exact) ?? ""
                let ends = [cell.lower, cell.upper].map { $0.map(NumberText.exact) ?? "" }
                return [main] + (hasInterval[column] ? ends : [])
            }
        }
        return CSVText.of([headings] + rows)
    }

    /// The table in Markdown (GitHub's extension), its title above and its note below.
    public static func markdown(of table: Table) -> String {
        let layout = TableLayout(table)
        let headings = layout.headings.map(MarkdownText.escaped)
        let rows = layout.rows.map { row in
            row.map { $0.isText ? MarkdownText.escaped($0.main) : $0.whole }
        }
        let widths = headings.indices.map { column in
            ([headings] + rows).map { DisplayWidth.columns(of: $0[column]) }.reduce(3, max)
        }
        let numeric = headings.indices.map(layout.isNumeric)
        let rule = headings.indices.map { column in
            String(repeating: "-", count: widths[column] - 1) + (numeric[column] ? ":" : "-")
        }
        let lines = [headings, rule] + rows
        let body = lines.map { line in
            let cells = line.enumerated().map { column, text in
                DisplayWidth.padded(text, to: widths[column], toRight: numeric[column])
            }
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        let title = "**" + MarkdownText.escaped(VisibleText.line(table.title)) + "**\n\n"
        let note = table.note.isEmpty ? "" : "\n" + MarkdownText.escaped(VisibleText.line(table.note)) + "\n"
        return title + body.joined() + note
    }

    /// The table as a LaTeX `table` environment; it needs the package `booktabs`, and other scripts need LuaLaTeX.
    public static func latex(of table: Table) -> String {
        let layout = TableLayout(table)
        func line(_ cells: [String]) -> String { "    " + cells.joined(separator: " & ") + " \\\\\n" }
        let alignment = layout.headings.indices.map { layout.isNumeric($0) ? "r" : "l" }.joined()
        let rows = layout.rows.map { row in
            line(row.map { LaTeXText.cell($0.whole) })
        }
        let words = LaTeXText.escaped(VisibleText.line(table.note))
        let note = table.note.isEmpty ? "" : "  \\par\\smallskip\\footnotesize \(words)\n"
        return """
            \\begin{table}
              \\centering
              \\caption{\(LaTeXText.escaped(VisibleText.line(table.title)))}
              \\begin{tabular}{\(alignment)}
                \\toprule
            \(line(layout.headings.map(LaTeXText.escaped)))    \\midrule
            \(rows.joined())    \\bottomrule
              \\end{tabular}
            \(note)\\end{table}

            """
    }
}
