import CKernels
public import SondeSDK

/// Products of rows with the rows of a large table, such as an embedding table read in place.
public enum RowProducts {
    /// `rows × tableᵀ`, `[rows × table rows]`, row-major.
    ///
    /// - Parameters:
    ///   - rows: `[count × width]`, row-major.
    ///   - table: `[table rows × width]`.
    public static func products(of rows: [Float], with table: MatrixView) -> [Float] {
        let count = table.width == 0 ? 0 : rows.count / table.width
        precondition(rows.count == count * table.width, "rows of another width than the table's")
        var result = [Float](repeating: 0, count: count * table.rows)
        guard !result.isEmpty else { return [] }
        rows.withUnsafeBufferPointer { rows in
            table.withUnsafeBase { base in
                result.withUnsafeMutableBufferPointer { target in
                    guard let left = rows.baseAddress, let base, let output = target.baseAddress else {
                        return
                    }
                    let right = Block(
                        address: UnsafeMutablePointer(mutating: base), rows: table.rows, columns: table.width,
                        stride: table.stride)
                    multiply(
                        Block(
                            address: UnsafeMutablePointer(mutating: left), rows: count, columns: table.width,
                            stride: table.width),
                        right.transposed,
                        into: Block(address: output, rows: count, columns: table.rows, stride: table.rows),
                        accumulating: false)
                }
            }
        }
        return result
    }

    /// The Euclidean norm of every row of a table.
    public static func norms(of table: MatrixView) -> [Float] {
        table.withUnsafeBase { base in
            (0..<table.rows).map { row in
                guard let base else { return 0 }
                let start = base + row * table.stride
                return kernels.dot(table.width, start, start).squareRoot()
            }
        }
    }
}
