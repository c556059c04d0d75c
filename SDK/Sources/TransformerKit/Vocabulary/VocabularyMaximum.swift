import CKernels

/// The likeliest token after each of some rows.
struct VocabularyMaximum {
    /// One token a row, the first of equals.
    let tokens: [Int32]

    private struct Best {
        var logit = -Float.infinity
        var token = 0
    }

    init(rows: Tensor, head: ScoringHead, in workspace: Workspace) {
        let shares = workspace.parallel.threadCount
        var best = [Best](repeating: Best(), count: shares * rows.rows)
        best.withUnsafeMutableBufferPointer { best in
            head.forEachTile(of: rows, in: workspace) { share, tile in
                for (index, row) in tile.rows.enumerated() {
                    let start = tile.logits.address + index * tile.logits.stride
                    let logits = UnsafeBufferPointer(start: start, count: tile.tokens.count)
                    let largest = kernels.maximum(logits.count, start)
                    let place = share * rows.rows + row
                    if largest > best[place].logit, let first = logits.firstIndex(of: largest) {
                        best[place] = Best(logit: largest, token: tile.tokens.lowerBound + first)
                    }
                }
            }
        }
        // Shares are in the order of tokens, so the first of equals wins here too.
        tokens = (0..<rows.rows).map { row in
            let candidates = (0..<shares).map { best[$0 * rows.rows + row] }
            let winner = candidates.dropFirst().reduce(candidates[0]) { $1.logit > $0.logit ? $1 : $0 }
            return Int32(winner.token)
        }
    }
}
