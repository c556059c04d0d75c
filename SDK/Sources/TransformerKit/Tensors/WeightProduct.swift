extension Workspace {
    /// Writes `a × weightᵀ` to `target`, or adds it, on all threads.
    ///
    /// Each thread multiplies by rows of the weight of its own; those in half precision it widens a tile at a time.
    func product(_ a: Block, transposed weight: Parameter, into target: Block, accumulating: Bool) {
        guard let halves = weight.halves else {
            return product(a, weight.block.transposed, into: target, accumulating: accumulating)
        }
        forEachShare(of: weight.rows) { share, scratch in
            for (rows, columns) in Self.tiles(rows: share, columns: 0..<weight.width) {
                multiply(
                    a[0..<a.rows, columns],
                    halves.widened(rows: rows, columns: columns, width: weight.width, in: scratch).transposed,
                    into: target[0..<target.rows, rows],
                    accumulating: accumulating || columns.lowerBound > 0)
            }
        }
    }

    /// Writes `a × weight` to `target`, or adds it, on all threads.
    ///
    /// Each thread multiplies by columns of the weight of its own; those in half precision it widens a tile at a time.
    func product(_ a: Block, _ weight: Parameter, into target: Block, accumulating: Bool) {
        guard let halves = weight.halves else {
            return product(a, weight.block, into: target, accumulating: accumulating)
        }
        forEachShare(of: weight.width) { share, scratch in
            for (rows, columns) in Self.tiles(rows: 0..<weight.rows, columns: share) {
                multiply(
                    a[0..<a.rows, rows],
                    halves.widened(rows: rows, columns: columns, width: weight.width, in: scratch),
                    into: target[0..<target.rows, columns],
                    accumulating: accumulating || rows.lowerBound > 0)
            }
        }
    }

    /// A tile of a weight has 2 MiB in single precision, which stay in a cache until they are used.
    private static let (rowsOfTile, columnsOfTile) = (512, 1024)

    /// A rectangle of a weight cut into tiles, row by row.
    private static func tiles(rows: Range<Int>, columns: Range<Int>) -> [(Range<Int>, Range<Int>)] {
        rows.chunks(of: rowsOfTile).flatMap { rows in
            columns.chunks(of: columnsOfTile).map { (rows, $0) }
        }
    }

    /// Calls `body` with nearly equal ranges that make up 0..<count and memory for a tile, at the same time.
    private func forEachShare(of count: Int, _ body: (_ share: Range<Int>, _ scratch: Tensor) -> Void) {
        let shares = parallel.threadCount
        let scratch = (0..<shares).map { _ in tensor(rows: Self.rowsOfTile, width: Self.columnsOfTile) }
        parallel.run(shares) { index in
            body((0..<count).piece(index, of: shares, multiple: 16), scratch[index])
        }
    }
}
