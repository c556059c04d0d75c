import SondeSDK

/// A report as one HTML page that needs nothing else: figures and files are inside it, and it holds no script.
struct ReportPage {
    private let document: ReportDocument
    private let contents: ReportContents

    init(_ document: ReportDocument, contents: ReportContents) {
        self.document = document
        self.contents = contents
    }

    /// The page.
    func html() -> String {
        let sections = contents.sections.map { SectionMarkup(section: $0).element() }
        let page = Markup.element(
            "html", ["lang": "en"],
            [
                head(),
                .element(
                    "body", [:],
                    [.element("main", [:], [header(), navigation()] + sections + failures() + provenance())]),
            ])
        return "<!DOCTYPE html>\n" + page.rendered() + "\n"
    }

    private func head() -> Markup {
        .element(
            "head", [:],
            [
                .element("meta", ["charset": "utf-8"]),
                .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .element("meta", ["name": "generator", "content": "Sonde"]),
                .element("title", text: VisibleText.line(document.title)),
                .element("style", text: ReportStyle.sheet),
            ])
    }

    private func header() -> Markup {
        let failed = document.failures.count
        let notice = Markup.element(
            "p", ["class": "notice"],
            [
                .text("\(failed) \(failed == 1 ? "part" : "parts") of this study did not finish: "),
                .element("a", ["href": "#failures"], text: "what failed"), .text("."),
            ])
        return .element(
            "header", [:],
            [
                .element("h1", text: VisibleText.line(document.title)),
                .element(
                    "p", ["class": "meta"], text: VisibleText.line("\(document.study) · \(document.date)")),
            ] + (failed > 0 ? [notice] : []))
    }

    private func navigation() -> Markup {
        let items = contents.sections.map { section in
            let figures = section.figures.map { item in
                entry("figure-\(item.number)", "Figure \(item.number). \(item.content.title)")
            }
            let tables = section.tables.map { item in
                entry("table-\(item.number)", "Table \(item.number). \(item.content.title)")
            }
            let parts = figures + tables
            return Markup.element(
                "li", [:],
                [link("section-\(section.number)", "\(section.number) \(section.heading)")]
                    + (parts.isEmpty ? [] : [.element("ul", [:], parts)]))
        }
        let last =
            (document.failures.isEmpty ? [] : [entry("failures", "What failed")])
            + (document.provenance.isEmpty ? [] : [entry("provenance", "How it was made")])
        return .element(
            "nav", ["aria-label": "Contents"],
            [.element("h2", text: "Contents"), .element("ul", [:], items + last)])
    }

    private func entry(_ target: String, _ words: String) -> Markup {
        .element("li", [:], [link(target, words)])
    }

    private func link(_ target: String, _ words: String) -> Markup {
        .element("a", ["href": "#\(target)"], text: VisibleText.line(words))
    }

    private func failures() -> [Markup] {
        guard !document.failures.isEmpty else { return [] }
        let entries = document.failures.map { failure in
            Markup.element(
                "div", ["class": "failure"],
                [
                    .element("h3", text: VisibleText.line(failure.name)), .element("p", text: failure.reason),
                ] + (failure.log.isEmpty ? [] : [.element("pre", text: failure.log)]))
        }
        return [.element("section", ["id": "failures"], [.element("h2", text: "What failed")] + entries)]
    }

    private func provenance() -> [Markup] {
        guard !document.provenance.isEmpty else { return [] }
        let rows = document.provenance.map { fact in
            Markup.element(
                "tr", [:],
                [
                    .element("th", ["scope": "row"], text: VisibleText.line(fact.name)),
                    .element("td", ["dir": "auto"], text: fact.value),
                ])
        }
        return [
            .element(
                "section", ["id": "provenance"],
                [
                    .element("h2", text: "How it was made"),
                    .element("table", ["class": "facts"], [.element("tbody", [:], rows)]),
                ])
        ]
    }
}
