public import SondeSDK

/// The embedding table as the contract shows it: a range of rows at a time, valid until the next is asked for.
public final class EmbeddingRows {
    private let table: Parameter
    private let workspace: Workspace
    private var widened: Tensor?

    /// Shows a table.
    public init(of table: Parameter, in workspace: Workspace) {
        self.table = table
        self.workspace = workspace
    }

    /// Rows of the table, `[rows × width]`.
    /// - Throws: ``SondeError`` for rows outside of it.
    public func view(_ rows: Range<Int>) throws -> MatrixView {
        guard rows.lowerBound >= 0, rows.upperBound <= table.rows else {
            throw SondeError.invalidArgument("Rows \(rows) are outside the embedding table of \(table.rows).")
        }
        guard let halves = table.halves else {
            let start = UnsafePointer(table.address + rows.lowerBound * table.width)
            return MatrixView(base: start, rows: rows.count, width: table.width)
        }
        widened = nil
        let memory = workspace.tensor(rows: rows.count, width: table.width)
        workspace.forEachPiece(rows: rows.count, width: table.width) { piece in
            halves.widen(
                count: piece.count * table.width,
                from: (rows.lowerBound + piece.lowerBound) * table.width,
                into: memory.rowAddress(piece.lowerBound))
        }
        widened = memory
        return MatrixView(base: UnsafePointer(memory.address), rows: rows.count, width: table.width)
    }
}
