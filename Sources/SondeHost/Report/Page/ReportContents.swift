import SondeSDK

/// The figures and tables of a report with their numbers and file names, which page and files share.
struct ReportContents {
    /// A figure or table in its place.
    struct Item<Content> {
        /// Counted through the whole report, from 1.
        let number: Int
        /// What files about it are called, without extension.
        let fileName: String
        let content: Content
    }

    /// A section with its numbered items.
    struct Section {
        let number: Int
        let heading: String
        let figures: [Item<Figure>]
        let tables: [Item<Table>]
        let statements: [Statement]
    }

    let sections: [Section]

    init(of document: ReportDocument) {
        var (figures, tables) = (0, 0)
        sections = document.sections.enumerated().map { index, section in
            let findings = section.findings
            defer {
                figures += findings.figures.count
                tables += findings.tables.count
            }
            return Section(
                number: index + 1, heading: section.heading,
                figures: Self.items(findings.figures, kind: "figure", after: figures, title: \.title),
                tables: Self.items(findings.tables, kind: "table", after: tables, title: \.title),
                statements: findings.statements)
        }
    }

    private static func items<Content>(
        _ contents: [Content], kind: String, after count: Int, title: (Content) -> String
    ) -> [Item<Content>] {
        contents.enumerated().map { index, content in
            let number = count + index + 1
            let words = slug(of: title(content))
            let name = "\(kind)-\(number < 10 ? "0" : "")\(number)" + (words.isEmpty ? "" : "-\(words)")
            return Item(number: number, fileName: name, content: content)
        }
    }

    /// A title as part of a file name: its ASCII letters and digits, joined by hyphens, cut after a few words.
    private static func slug(of title: String) -> String {
        let words = title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        var slug = ""
        for word in words where slug.count + word.count < 40 { slug += (slug.isEmpty ? "" : "-") + word }
        return slug
    }
}
