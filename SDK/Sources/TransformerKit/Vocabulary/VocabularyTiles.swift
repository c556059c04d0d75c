import CKernels

/// The logits of some rows for consecutive tokens, which may be overwritten.
struct VocabularyTile {
    /// Which of the rows.
    let rows: Range<Int>
    /// Which tokens.
    let tokens: Range<Int>
    /// `[rows × tokens]`.
    let logits: Block
    /// The head's weights of the tokens, `[tokens × width]`.
    let weights: Block
    /// Whether there are so few rows that loops over the weights are faster than products, which copy them first.
    let isNarrow: Bool

    /// Adds logits × weights to sums, `[rows × width]`.
    func addWeightedSums(to sums: Block) {
        if isNarrow {
            kernels.weighted_sums(
                rows.count, tokens.count, weights.columns, logits.stride, logits.address, weights.address,
                sums.address)
        } else {
            multiply(logits, weights, into: sums, accumulating: true)
        }
    }

    fileprivate func computeLogits(of rows: Block, bias: Parameter?) {
        if isNarrow {
            kernels.table_products(
                rows.rows, tokens.count, rows.columns, rows.address, weights.address, logits.stride,
                logits.address)
        } else {
            multiply(rows, weights.transposed, into: logits, accumulating: false)
        }
        guard let bias else { return }
        for row in 0..<logits.rows {
            let start = logits.address + row * logits.stride
            kernels.add(tokens.count, start, bias.address + tokens.lowerBound, start)
        }
    }
}

extension ScoringHead {
    /// Whether backward passes add to one of the head's gradients.
    var isTrained: Bool { weight.isTrained || bias?.isTrained == true }

    /// The logit of one token after one row.
    func logit(of token: Int, row: UnsafePointer<Float>) -> Float {
        weight.withRow(token) { kernels.dot(weight.width, $0, row) } + (bias?.address[token] ?? 0)
    }

    /// Computes the logits of all tokens after `rows`, a tile at a time, on all threads.
    ///
    /// Threads have consecutive ranges of tokens of their own; a thread sees the tiles of a row in the order of tokens.
    ///
    /// - Parameter body: Called with the thread's number and a tile.
    func forEachTile(
        of rows: Tensor, in workspace: Workspace, _ body: (_ share: Int, _ tile: VocabularyTile) -> Void
    ) {
        guard rows.rows > 0 else { return }
        let shares = workspace.parallel.threadCount
        let size = TileSize(rows: rows.rows)
        let logits = (0..<shares).map { _ in workspace.tensor(rows: size.rows, width: size.tokens) }
        let widened = (0..<shares).map { _ in
            weight.halves.map { _ in workspace.tensor(rows: size.tokens, width: weight.width) }
        }
        workspace.parallel.run(shares) { share in
            for tokens in (0..<weight.rows).piece(share, of: shares).chunks(of: size.tokens) {
                let weights = weights(of: tokens, in: widened[share])
                for tileRows in (0..<rows.rows).chunks(of: size.rows) {
                    let tile = VocabularyTile(
                        rows: tileRows, tokens: tokens,
                        logits: Block(
                            address: logits[share].address, rows: tileRows.count, columns: tokens.count,
                            stride: size.tokens), weights: weights, isNarrow: size.isNarrow)
                    tile.computeLogits(of: rows.block[rows: tileRows], bias: bias)
                    body(share, tile)
                }
            }
        }
    }

    private func weights(of tokens: Range<Int>, in widened: Tensor?) -> Block {
        guard let halves = weight.halves, let widened else { return weight.block[rows: tokens] }
        return halves.widened(rows: tokens, columns: 0..<weight.width, width: weight.width, in: widened)
    }
}

/// How many rows and tokens a tile has at most.
private struct TileSize {
    let rows: Int
    let tokens: Int
    let isNarrow: Bool

    /// The weights of a tile stay in a cache from the logits to the weighted sums; its logits take 2 MiB at most.
    init(rows count: Int) {
        isNarrow = TableRows.isNarrow(rows: count)
        rows = min(count, 512)
        tokens = TableRows.tileCount(isNarrow: isNarrow)
    }
}
