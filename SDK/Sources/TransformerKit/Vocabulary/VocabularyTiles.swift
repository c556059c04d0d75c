import CKernels

extension ScoringHead {
    /// Whether backward passes add to one of the head's gradients.
    var isTrained: Bool { weight.isTrained || bias?.isTrained == true }

    /// Tokens of a tile: enough for a fast product, few enough that the tile's weights stay in the cache for the next one.
    private static let tokensOfTile = 1024
    /// Rows of a tile, which bounds its memory at 2 MiB.
    private static let rowsOfTile = 512

    /// The logit of one token after one row.
    func logit(of token: Int, row: UnsafePointer<Float>) -> Float {
        kernels.dot(weight.width, weight.address + token * weight.width, row) + (bias?.address[token] ?? 0)
    }

    /// Computes the logits of all tokens after `rows`, a tile at a time, on all threads.
    ///
    /// Threads have consecutive ranges of tokens of their own; a thread sees the tiles of a row in the order of tokens.
    ///
    /// - Parameter body: Called with the thread's number, the rows and tokens of a tile, and its logits
    ///   `[rows × tokens]`, which it may overwrite.
    func forEachTile(
        of rows: Tensor, in workspace: Workspace,
        _ body: (_ share: Int, _ rows: Range<Int>, _ tokens: Range<Int>, _ logits: Block) -> Void
    ) {
        let shares = workspace.parallel.threadCount
        let tileRows = min(rows.rows, Self.rowsOfTile)
        guard tileRows > 0 else { return }
        let memory = (0..<shares).map { _ in workspace.tensor(rows: tileRows, width: Self.tokensOfTile) }
        workspace.parallel.run(shares) { share in
            let range = (0..<weight.rows).piece(share, of: shares)
            for firstRow in stride(from: 0, to: rows.rows, by: tileRows) {
                let tileOfRows = firstRow..<min(firstRow + tileRows, rows.rows)
                for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.tokensOfTile) {
                    let tokens = first..<min(first + Self.tokensOfTile, range.upperBound)
                    let logits = Block(
                        address: memory[share].address, rows: tileOfRows.count, columns: tokens.count,
                        stride: Self.tokensOfTile)
                    compute(logits, rows: rows.block[rows: tileOfRows], tokens: tokens)
                    body(share, tileOfRows, tokens, logits)
                }
            }
        }
    }

    private func compute(_ logits: Block, rows: Block, tokens: Range<Int>) {
        multiply(rows, weight.block[rows: tokens].transposed, into: logits, accumulating: false)
        guard let bias else { return }
        for row in 0..<logits.rows {
            let start = logits.address + row * logits.stride
            kernels.add(tokens.count, start, bias.address + tokens.lowerBound, start)
        }
    }
}
