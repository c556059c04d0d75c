/// The cells of a study as lines: what is finished and what is to do.
public struct CellListing {
    /// One line for each cell, and one that counts them.
    public let text: String

    /// The listing of a run.
    public init(_ run: StudyRun) {
        let cells = run.cells
        let rows = cells.map { [$0.isFinished ? "finished" : "to do", $0.cell.name, $0.cell.title] }
        let alignment = AlignedText(rows)
        let open = cells.count { !$0.isFinished }
        text =
            (rows.map(alignment.line) + ["\(cells.count) cells, \(open) to do."]).joined(separator: "\n")
    }
}
