import CKernels
public import SondeSDK

/// Products of rows with the rows of a large table, such as an embedding table read in place.
public struct RowProducts {
    private let workspace: Workspace

    /// Rows up to this number are multiplied where the table lies; for more a product that copies it first is faster.
    static let mostNarrowRows = 64

    /// Products on the threads that the host lends.
    public init(on parallel: Parallel) {
        workspace = Workspace(pool: BufferPool(), parallel: parallel)
    }

    /// `rows × tableᵀ`, `[rows × table rows]`, row-major.
    ///
    /// - Parameters:
    ///   - rows: `[count × width]`, row-major.
    ///   - table: `[table rows × width]`.
    public func products(of rows: [Float], with table: MatrixView) -> [Float] {
        let count = table.width == 0 ? 0 : rows.count / table.width
        precondition(rows.count == count * table.width, "rows of another width than the table's")
        var result = [Float](repeating: 0, count: count * table.rows)
        rows.withUnsafeBufferPointer { rows in
            table.withUnsafeBase { base in
                result.withUnsafeMutableBufferPointer { target in
                    guard let left = rows.baseAddress, let base, let output = target.baseAddress else {
                        return
                    }
                    func block(_ address: UnsafePointer<Float>, rows: Int, stride: Int) -> Block {
                        Block(
                            address: UnsafeMutablePointer(mutating: address), rows: rows,
                            columns: table.width, stride: stride)
                    }
                    multiply(
                        block(left, rows: count, stride: table.width),
                        block(base, rows: table.rows, stride: table.stride),
                        into: Block(address: output, rows: count, columns: table.rows, stride: table.rows))
                }
            }
        }
        return result
    }

    private func multiply(_ rows: Block, _ table: Block, into target: Block) {
        guard rows.rows <= Self.mostNarrowRows, table.stride == table.columns else {
            return workspace.product(rows, table.transposed, into: target, accumulating: false)
        }
        workspace.forEachPiece(rows: table.rows, width: table.columns) { piece in
            kernels.table_products(
                rows.rows, piece.count, table.columns, rows.address,
                table.address + piece.lowerBound * table.stride, target.stride,
                target.address + piece.lowerBound)
        }
    }

    /// The Euclidean norm of every row of a table.
    public func norms(of table: MatrixView) -> [Float] {
        var norms = [Float](repeating: 0, count: table.rows)
        table.withUnsafeBase { base in
            norms.withUnsafeMutableBufferPointer { norms in
                guard let base, let target = norms.baseAddress else { return }
                workspace.forEachPiece(rows: table.rows, width: table.width) { rows in
                    for row in rows {
                        let start = base + row * table.stride
                        target[row] = kernels.dot(table.width, start, start).squareRoot()
                    }
                }
            }
        }
        return norms
    }
}
