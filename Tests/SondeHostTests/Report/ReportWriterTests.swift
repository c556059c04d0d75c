import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("A report on disk")
struct ReportWriterTests {
    private static func document(text: String = "name") -> ReportDocument {
        let statement = Statement(
            text: "Statement \(text).", sample: "n = 500", baseline: "majority", uncertainty: "",
            caveat: "Caveat \(text)")
        return ReportDocument(
            title: "Title \(text)", study: "study \(text)", date: "2025-01-01T00:00:00Z",
            provenance: [ReportDocument.Fact(name: "Fact \(text)", value: "value \(text)")],
            sections: [
                ReportDocument.Section(
                    heading: "Heading \(text)",
                    findings: Findings(
                        tables: [ReportSamples.table],
                        figures: ReportSamples.Kind.allCases.map { ReportSamples.figure($0, text: text) },
                        statements: [statement])),
                ReportDocument.Section(heading: "Empty", findings: Findings()),
            ],
            failures: [
                ReportDocument.Failure(
                    name: "cell \(text)", reason: "It crashed.", log: "log \(text)\n\u{0}\u{1B}[1m")
            ])
    }

    /// Runs `body` in a new folder that is removed afterwards.
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try withExtendedLifetime(folder) { try body(URL(filePath: folder.path)) }
    }

    private func page(_ document: ReportDocument) throws -> String {
        var text = ""
        try inFolder { folder in
            text = try String(contentsOf: ReportWriter.write(document, to: folder), encoding: .utf8)
        }
        return text
    }

    private func tree(of page: String) throws -> XMLTree {
        #expect(page.hasPrefix("<!DOCTYPE html>\n"))
        return try XMLTree.root(of: String(page.dropFirst("<!DOCTYPE html>\n".count)))
    }

    @Test(
        "the page is well-formed whatever the texts hold",
        arguments: ReportSamples.hostileTexts.filter { !$0.contains("\u{0}") })
    func isWellFormed(text: String) throws {
        let html = try tree(of: page(Self.document(text: text)))
        #expect(html.elements(named: "script").isEmpty)
        #expect(html.elements(named: "svg").count == 6)
    }

    @Test("the page asks for nothing outside itself")
    func isSelfContained() throws {
        let html = try tree(of: page(Self.document()))
        let references = html.all.flatMap { element in
            ["href", "src", "srcset", "data", "action"].compactMap { element.attributes[$0] }
        }
        #expect(!references.isEmpty)
        #expect(references.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:") })
        #expect(
            html.elements(named: "style").allSatisfy {
                !$0.text.contains("url(") && !$0.text.contains("@import")
            })
    }

    @Test("every link of the contents leads to a place")
    func contentsLead() throws {
        let html = try tree(of: page(Self.document()))
        let places = html.all.compactMap { $0.attributes["id"] }
        #expect(Set(places).count == places.count)
        let targets = html.elements(named: "a").compactMap { $0.attributes["href"] }.filter {
            $0.hasPrefix("#")
        }
        #expect(targets.count == 12)
        #expect(targets.allSatisfy { places.contains(String($0.dropFirst())) })
    }

    @Test("a statement ends with what it does not show, and says what was not stated")
    func statements() throws {
        let html = try tree(of: page(Self.document()))
        let statement = try #require(html.elements(ofClass: "statement").first)
        let lines = statement.elements(named: "dd").map(\.text)
        #expect(lines == ["n = 500", "majority", "Not stated.", "Caveat name"])
        #expect(statement.elements(named: "dt").last?.text == "Does not show")
    }

    @Test("a table shows numbers with their intervals")
    func tables() throws {
        let html = try tree(of: page(Self.document()))
        let table = try #require(html.elements(ofClass: "table").first)
        let cells = table.elements(named: "td").map { $0.wholeText }
        #expect(cells.contains("0.88 [0.85, 0.91]"))
        #expect(table.wholeText.contains("95 % intervals"))
    }

    @Test("the links hold the same bytes as the files beside the page")
    func linksHoldFiles() throws {
        try inFolder { folder in
            let html = try tree(
                of: String(contentsOf: ReportWriter.write(Self.document(), to: folder), encoding: .utf8))
            let links = html.elements(named: "a").filter { $0.attributes["download"] != nil }
            #expect(links.count == 6 * 3 + 3)
            for link in links {
                let name = try #require(link.attributes["download"])
                let content = try #require(link.attributes["href"]?.split(separator: ",").last)
                let kind = name.hasPrefix("figure") ? "figures" : "tables"
                let file = try Data(contentsOf: folder.appending(path: "report/\(kind)/\(name)"))
                #expect(Data(base64Encoded: String(content)) == file)
            }
        }
    }

    @Test("report.json reads back as the document")
    func json() throws {
        try inFolder { folder in
            try ReportWriter.write(Self.document(), to: folder)
            let bytes = try Data(contentsOf: folder.appending(path: "report/report.json"))
            #expect(try JSONValue(parsing: bytes).decoded(as: ReportDocument.self) == Self.document())
        }
    }

    @Test("a new report replaces the former one whole and leaves nothing else behind")
    func replacement() throws {
        try inFolder { folder in
            try ReportWriter.write(Self.document(), to: folder)
            let first = try Data(contentsOf: folder.appending(path: "report.html"))
            let small = ReportDocument(title: "Small", study: "s", date: "d")
            try ReportWriter.write(small, to: folder)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "report", "report.html",
                ])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "report").path)
                    == ["report.json"])
            try ReportWriter.write(Self.document(), to: folder)
            #expect(try Data(contentsOf: folder.appending(path: "report.html")) == first)
        }
    }

    @Test("a number that is not finite is refused with its field, and the former report stays")
    func notFinite() throws {
        try inFolder { folder in
            try ReportWriter.write(Self.document(), to: folder)
            var broken = Self.document()
            broken.sections[0].findings.tables[0].rows[1][1] = .number(.nan)
            let error = #expect(throws: HostError.self) { try ReportWriter.write(broken, to: folder) }
            #expect(error?.kind == .plugin)
            #expect(error?.sentence.contains("sections[0].findings.tables[0].rows[1][1].value") == true)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "report/report.json").path))
        }
    }

    @Test("a place that cannot be written to is named")
    func notWritable() throws {
        try inFolder { folder in
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: HostError.self) {
                try ReportWriter.write(Self.document(), to: file.appending(path: "below"))
            }
            #expect(error?.kind == .inputOutput)
            #expect(error?.sentence.contains(file.appending(path: "below").path) == true)
        }
    }
}
