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
            head.forEachTile(of: rows, in: workspace) { share, tileRows, tokens, logits in
                for (index, row) in tileRows.enumerated() {
                    let tile = UnsafeBufferPointer(
                        start: logits.address + index * logits.stride, count: tokens.count)
                    let largest = kernels.maximum(tile.count, logits.address + index * logits.stride)
                    if largest > best[share * rows.rows + row].logit, let first = tile.firstIndex(of: largest)
                    {
                        best[share * rows.rows + row] = Best(logit: largest, token: tokens.lowerBound + first)
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
