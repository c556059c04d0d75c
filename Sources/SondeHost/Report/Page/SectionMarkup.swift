import Foundation
import SondeSDK

/// A section of the page: statements, then figures, then tables.
struct SectionMarkup {
    let section: ReportContents.Section

    /// The section.
    func element() -> Markup {
        let figures = section.figures.map(figure)
        let findings = section.statements.map(statement) + figures + section.tables.map(table)
        let nothing = Markup.element("p", ["class": "meta"], text: "No findings.")
        let heading = Markup.element("h2", text: VisibleText.line("\(section.number) \(section.heading)"))
        return .element(
            "section", ["id": "section-\(section.number)"],
            [heading] + (findings.isEmpty ? [nothing] : findings))
    }

    private func statement(_ statement: Statement) -> Markup {
        let facts = [
            ("Rests on", statement.sample), ("Compared with", statement.baseline),
            ("How sure", statement.uncertainty), ("Does not show", statement.caveat),
        ]
        let rows = facts.flatMap { name, words in
            [
                Markup.element("dt", text: name),
                .element(
                    "dd", ["dir": "auto"], text: words.isEmpty ? "Not stated." : VisibleText.line(words)),
            ]
        }
        return .element(
            "div", ["class": "statement"],
            [
                .element("p", ["dir": "auto"], text: VisibleText.line(statement.text)),
                .element("dl", [:], rows),
            ])
    }

    private func figure(_ item: ReportContents.Item<Figure>) -> Markup {
        let files = [
            File(
                name: "SVG", path: item.fileName + ".svg", type: "image/svg+xml",
                content: FigureDrawing.svg(of: item.content)),
            File(
                name: "CSV", path: item.fileName + ".csv", type: "text/csv",
                content: FigureExport.csv(of: item.content)),
            File(
                name: "Vega-Lite", path: item.fileName + ".vl.json", type: "application/json",
                content: FigureExport.vegaLite(of: item.content)),
        ]
        return .element(
            "figure", ["id": "figure-\(item.number)"],
            [
                .element("div", ["class": "picture"], [FigureDrawing.element(of: item.content)]),
                .element(
                    "figcaption", [:],
                    [
                        .element("b", text: "Figure \(item.number). "),
                        .element("bdi", text: VisibleText.line(item.content.caption)), links(to: files),
                    ]),
            ])
    }

    private func table(_ item: ReportContents.Item<Table>) -> Markup {
        let table = item.content
        let files = [
            File(
                name: "CSV", path: item.fileName + ".csv", type: "text/csv",
                content: TableExport.csv(of: table)),
            File(
                name: "Markdown", path: item.fileName + ".md", type: "text/markdown",
                content: TableExport.markdown(of: table)),
            File(
                name: "LaTeX", path: item.fileName + ".tex", type: "text/x-tex",
                content: TableExport.latex(of: table)),
        ]
        let caption = Markup.element(
            "figcaption", [:],
            [
                .element("b", text: "Table \(item.number). "),
                .element("bdi", text: VisibleText.line(table.title)),
            ])
        let note = Markup.element(
            "p", ["class": "note"], [.element("bdi", text: VisibleText.line(table.note)), links(to: files)])
        return .element(
            "figure", ["id": "table-\(item.number)", "class": "table"],
            [caption, .element("div", ["class": "scroller"], [TableMarkup(table: table).element()]), note])
    }

    /// A file that the page carries inside a link.
    private struct File {
        let name: String
        let path: String
        let type: String
        let content: String
    }

    private func links(to files: [File]) -> Markup {
        let links = files.map { file in
            Markup.element(
                "a",
                [
                    "download": file.path,
                    "href": "data:\(file.type);base64,\(Data(file.content.utf8).base64EncodedString())",
                ], text: file.name)
        }
        return .element("span", ["class": "files"], links)
    }
}
