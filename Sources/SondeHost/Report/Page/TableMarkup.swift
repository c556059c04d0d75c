import SondeSDK

/// A table as HTML: numbers to the right, intervals quiet beside them.
struct TableMarkup {
    let table: Table

    /// The table.
    func element() -> Markup {
        let layout = TableLayout(table)
        let headings = layout.headings.enumerated().map { index, heading in
            Markup.element("th", ["scope": "col", "class": role(of: index, in: layout)], text: heading)
        }
        let rows = layout.rows.map { row in
            Markup.element(
                "tr", [:],
                row.enumerated().map { index, cell in
                    .element("td", ["class": role(of: index, in: layout)], content(of: cell))
                })
        }
        return .element(
            "table", [:],
            [.element("thead", [:], [.element("tr", [:], headings)]), .element("tbody", [:], rows)])
    }

    private func role(of column: Int, in layout: TableLayout) -> String? {
        layout.isNumeric(column) ? "number" : nil
    }

    private func content(of cell: TableLayout.Cell) -> [Markup] {
        guard let interval = cell.interval else { return [.element("bdi", text: cell.main)] }
        return [.text(cell.main + " "), .element("span", ["class": "interval"], text: interval)]
    }
}
