public import Foundation
public import SondeSDK

extension StudyResults {
    /// The tables that end a run in the terminal.
    public var tables: [Table] {
        (metrics.isEmpty ? [] : [ComparisonTables(results: self).overview]) + DifferenceTables(self).all
    }

    /// Everything as a report.
    /// - Parameters:
    ///   - failures: cells that were not finished, each with its log.
    ///   - provenance: how the numbers came about.
    public func report(
        failures: [CellFailure], provenance: [ReportDocument.Fact], date: Date = Date()
    ) -> ReportDocument {
        let tables = ComparisonTables(results: self)
        let hasPrompts = comparisons.contains { !$0.tuned.isEmpty }
        let answers = Findings(
            tables: self.tables
                + (hasPrompts ? [tables.seeds, tables.spread] : []).filter { !$0.rows.isEmpty },
            figures: tables.figures,
            statements: ComparisonStatements(results: self).all)
        return ReportDocument(
            title: "Study \(name)", study: name, date: date.formatted(.iso8601), provenance: provenance,
            sections: [
                ReportDocument.Section(heading: "Answers with and without tuned prompts", findings: answers)
            ]
                + findings.map { ReportDocument.Section(heading: $0.probe, findings: $0.findings) },
            failures: failures.map { failure in
                ReportDocument.Failure(
                    name: failure.title, reason: failure.reason, log: Self.log(of: failure))
            })
    }

    /// The end of a log, which is where things went wrong.
    private static func log(of failure: CellFailure) -> String {
        guard let path = failure.log, let data = FileManager.default.contents(atPath: path) else { return "" }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(20)
        return ([path] + lines.map(String.init)).joined(separator: "\n")
    }
}
