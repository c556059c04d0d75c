import CKernels
public import SondeSDK

/// Cosines of rows with the rows of a large table, such as an embedding table read in place.
public struct RowCosines {
    private let workspace: Workspace

    /// Cosines on the threads that the host lends.
    public init(on parallel: Parallel) {
        workspace = Workspace(pool: BufferPool(), parallel: parallel)
    }

    /// The cosine of every row with every row of the table, `[rows × table rows]`, row-major; 0 where a norm is 0.
    ///
    /// - Parameters:
    ///   - rows: `[count × width]`, row-major.
    ///   - table: `[table rows × width]`.
    public func cosines(of rows: [Float], with table: MatrixView) -> [Float] {
        let count = table.width == 0 ? 0 : rows.count / table.width
        precondition(rows.count == count * table.width, "rows of another width than the table's")
        var cosines = [Float](repeating: 0, count: count * table.rows)
        rows.withUnsafeBufferPointer { rows in
            table.withUnsafeBase { base in
                cosines.withUnsafeMutableBufferPointer { cosines in
                    guard let rows = rows.baseAddress, let base, let target = cosines.baseAddress else {
                        return
                    }
                    func block(_ address: UnsafePointer<Float>, rows: Int, stride: Int) -> Block {
                        Block(
                            address: UnsafeMutablePointer(mutating: address), rows: rows,
                            columns: table.width, stride: stride)
                    }
                    write(
                        block(rows, rows: count, stride: table.width),
                        block(base, rows: table.rows, stride: table.stride),
                        to: Block(address: target, rows: count, columns: table.rows, stride: table.rows))
                }
            }
        }
        return cosines
    }

    private func write(_ rows: Block, _ table: Block, to target: Block) {
        let scales = (0..<rows.rows).map { reciprocalNorm(rows, row: $0) }
        let isNarrow = TableRows.isNarrow(rows: rows.rows) && table.stride == table.columns
        workspace.forEachPiece(rows: table.rows, width: table.columns) { piece in
            // Norms are computed while the entries are in the cache.
            for entries in piece.chunks(of: TableRows.tileCount(isNarrow: isNarrow)) {
                let (part, products) = (table[rows: entries], target[0..<target.rows, entries])
                if isNarrow {
                    kernels.table_products(
                        rows.rows, entries.count, rows.columns, rows.address, part.address, target.stride,
                        products.address)
                } else {
                    multiply(rows, part.transposed, into: products, accumulating: false)
                }
                for entry in 0..<entries.count {
                    let reciprocal = reciprocalNorm(part, row: entry)
                    for (row, scale) in scales.enumerated() {
                        products.address[row * products.stride + entry] *= scale * reciprocal
                    }
                }
            }
        }
    }

    /// 1 / Euclidean norm, or 0 where that is 0.
    private func reciprocalNorm(_ block: Block, row: Int) -> Float {
        let start = block.address + row * block.stride
        let square = kernels.dot(block.columns, start, start)
        return square > 0 ? 1 / square.squareRoot() : 0
    }
}
