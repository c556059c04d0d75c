import COpenBLAS

/// A rectangle of a row-major matrix, as operand or target of a product.
struct Block {
    let address: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int
    /// Distance between two rows, in floats.
    let stride: Int
    /// Whether the rectangle stands for its transpose.
    var isTransposed = false

    /// The part at these rows and columns.
    subscript(_ rows: Range<Int>, _ columns: Range<Int>) -> Block {
        assert(!isTransposed, "a part of a transposed block")
        return Block(
            address: address + rows.lowerBound * stride + columns.lowerBound, rows: rows.count,
            columns: columns.count, stride: stride)
    }

    /// The part at these rows.
    subscript(rows rows: Range<Int>) -> Block { self[rows, 0..<columns] }

    /// The same memory as an operand read by columns.
    var transposed: Block {
        var block = self
        block.isTransposed.toggle()
        return block
    }

    fileprivate var height: Int { isTransposed ? columns : rows }
    fileprivate var width: Int { isTransposed ? rows : columns }

    fileprivate func columnPiece(_ piece: Range<Int>) -> Block {
        guard isTransposed else { return self[0..<rows, piece] }
        return transposed[rows: piece].transposed
    }

    fileprivate func rowPiece(_ piece: Range<Int>) -> Block {
        guard isTransposed else { return self[rows: piece] }
        return transposed[0..<rows, piece].transposed
    }
}

/// Writes `a × b` to `target`, or adds it, on the calling thread.
func multiply(_ a: Block, _ b: Block, into target: Block, accumulating: Bool) {
    precondition(
        a.height == target.rows && b.width == target.columns && a.width == b.height && !target.isTransposed,
        "a product of \(a.height) × \(a.width) and \(b.height) × \(b.width) into \(target.rows) × \(target.columns)"
    )
    guard target.rows > 0, target.columns > 0 else { return }
    guard a.width > 0 else {
        guard !accumulating else { return }
        for row in 0..<target.rows {
            (target.address + row * target.stride).update(repeating: 0, count: target.columns)
        }
        return
    }
    cblas_sgemm(
        CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
        Int32(target.rows), Int32(target.columns), Int32(a.width), 1, a.address, Int32(a.stride), b.address,
        Int32(b.stride), accumulating ? 1 : 0, target.address, Int32(target.stride))
}

extension Workspace {
    /// Writes `a × b` to `target`, or adds it, on all threads.
    ///
    /// Each thread makes a product of its own over a share of the longer side of the target: OpenBLAS copies
    /// the other operand once a thread, so the shared one should be the small one.
    func product(_ a: Block, _ b: Block, into target: Block, accumulating: Bool) {
        let operations = target.rows * target.columns * a.width
        let pieces = operations < 1 << 18 ? 1 : parallel.threadCount
        parallel.run(pieces) { index in
            if target.columns >= target.rows {
                let columns = (0..<target.columns).piece(index, of: pieces, multiple: 16)
                multiply(
                    a, b.columnPiece(columns), into: target[0..<target.rows, columns],
                    accumulating: accumulating)
            } else {
                let rows = (0..<target.rows).piece(index, of: pieces, multiple: 16)
                multiply(a.rowPiece(rows), b, into: target[rows: rows], accumulating: accumulating)
            }
        }
    }
}
