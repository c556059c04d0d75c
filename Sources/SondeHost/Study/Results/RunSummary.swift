/// What stands on the terminal at the end of a run.
public struct RunSummary {
    /// Tables, failures, how much was done, and where the report is.
    public let text: String

    /// The summary of a run whose report is at `report`.
    public init(_ run: StudyRun, results: StudyResults, report: String) {
        var parts = results.tables.map { TableText.rendered($0) }
        if !run.failures.isEmpty {
            parts.append(run.failures.map { "\($0.title): \($0.reason)" }.joined(separator: "\n"))
        }
        parts.append(Self.account(of: run) + "\nReport: \(report)")
        text = parts.joined(separator: "\n\n")
    }

    private static func account(of run: StudyRun) -> String {
        let all = run.cells.count
        let failed = run.failures.count { $0.blocker == nil }
        let skipped = run.failures.count - failed
        var words =
            run.doneCount == 0 ? "Nothing was left to do" : "\(run.doneCount) of \(all) cells were done now"
        if run.doneCount == 0, failed + skipped == 0 { words += ": all \(all) cells were finished before" }
        if failed > 0 {
            words += "; \(failed) failed, \(skipped) were skipped, and the next run tries them again"
        }
        return words + "."
    }
}
