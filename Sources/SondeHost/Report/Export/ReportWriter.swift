public import Foundation
import SondeJSON

/// Writes reports.
public enum ReportWriter {
    /// Writes the page and, beside it, a folder with every figure and table in other formats.
    ///
    ///     report.html
    ///     report/report.json
    ///     report/figures/figure-01-….svg, .csv, .vl.json
    ///     report/tables/table-01-….csv, .md, .tex
    ///
    /// Everything is written under a temporary name first and then renamed, so that a reader never meets half a report
    /// and a failure leaves the former one in place. Equal documents give equal bytes.
    ///
    /// - Returns: the place of `report.html`.
    /// - Throws: ``HostError`` naming the place that could not be written, or the finding that has no form in JSON.
    @discardableResult
    public static func write(_ document: ReportDocument, to folder: URL) throws(HostError) -> URL {
        let staging = folder.appending(path: ".report-\(UUID().uuidString)")
        let page = folder.appending(path: "report.html")
        do {
            defer { try? FileManager.default.removeItem(at: staging) }
            let contents = ReportContents(of: document)
            try writeFiles(of: document, contents, to: staging.appending(path: "report"))
            let stagedPage = staging.appending(path: "report.html")
            try write(ReportPage(document, contents: contents).html(), to: stagedPage)
            try exchange(
                staging.appending(path: "report"), with: folder.appending(path: "report"), in: staging)
            try exchange(stagedPage, with: page, in: staging)
        } catch let error as JSONCodingError {
            throw .plugin(
                "The report for \(folder.path) was not written because a finding cannot be kept as JSON (\(error)): "
                    + "its probe has to leave out what it could not measure.")
        } catch {
            throw .inputOutput(
                "The report could not be written to \(folder.path) (\(error.localizedDescription)): "
                    + "check that the folder can be written to and that the disk is not full.")
        }
        return page
    }

    private static func writeFiles(
        of document: ReportDocument, _ contents: ReportContents, to folder: URL
    ) throws {
        try write(
            try JSONValue(encoding: document).text(indented: true) + "\n",
            to: folder.appending(path: "report.json"))
        for figure in contents.sections.flatMap(\.figures) {
            let path = folder.appending(path: "figures/\(figure.fileName)")
            try write(FigureDrawing.svg(of: figure.content), to: path.appendingPathExtension("svg"))
            try write(FigureExport.csv(of: figure.content), to: path.appendingPathExtension("csv"))
            try write(FigureExport.vegaLite(of: figure.content), to: path.appendingPathExtension("vl.json"))
        }
        for table in contents.sections.flatMap(\.tables) {
            let path = folder.appending(path: "tables/\(table.fileName)")
            try write(TableExport.csv(of: table.content), to: path.appendingPathExtension("csv"))
            try write(TableExport.markdown(of: table.content), to: path.appendingPathExtension("md"))
            try write(TableExport.latex(of: table.content), to: path.appendingPathExtension("tex"))
        }
    }

    private static func write(_ text: String, to file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Puts a new file or folder into the place of an old one, which is moved aside and comes back if that fails.
    private static func exchange(_ new: URL, with old: URL, in staging: URL) throws {
        let files = FileManager.default
        let aside = staging.appending(path: "former-\(old.lastPathComponent)")
        let isReplacement = files.fileExists(atPath: old.path)
        if isReplacement { try files.moveItem(at: old, to: aside) }
        do {
            try files.moveItem(at: new, to: old)
        } catch {
            if isReplacement { try files.moveItem(at: aside, to: old) }
            throw error
        }
    }
}
