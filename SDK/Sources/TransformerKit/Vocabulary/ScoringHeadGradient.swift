import CKernels
import Glibc

/// A scored token and the derivative of the loss with respect to its log-probability.
struct WeightedPair {
    let pair: ScoredToken
    let weight: Float
}

extension ScoringHead {
    /// Adds the gradient with respect to the rows: for each pair, weight × (head[token] − expected embedding).
    func addRowGradients(of pairs: [WeightedPair], expected: Tensor, to sum: Tensor) {
        for scored in pairs {
            let target = sum.rowAddress(scored.pair.row)
            weight.withRow(Int(scored.pair.token)) { embedding in
                kernels.scale_add(weight.width, scored.weight, embedding, target)
            }
            kernels.scale_add(weight.width, -scored.weight, expected.rowAddress(scored.pair.row), target)
        }
    }

    /// Adds the gradients of a trained head: with respect to a logit it is Σ weight × ([token is scored] − p(token)).
    func addWeightGradients(
        of pairs: [WeightedPair], rows: Tensor, logSums: [Double], in workspace: Workspace
    ) {
        var weightOfRow = [Float](repeating: 0, count: rows.rows)
        for scored in pairs {
            let (row, token) = (scored.pair.row, Int(scored.pair.token))
            weightOfRow[row] += scored.weight
            if let sum = weight.gradient {
                kernels.scale_add(weight.width, scored.weight, rows.rowAddress(row), sum.rowAddress(token))
            }
            bias?.gradient?.address[token] += scored.weight
        }
        forEachTile(of: rows, in: workspace) { _, tile in
            let (logits, tokens) = (tile.logits, tile.tokens)
            for (index, row) in tile.rows.enumerated() {
                let start = logits.address + index * logits.stride
                _ = kernels.exponentials(tokens.count, Float(logSums[row]), start)
                kernels.scale(tokens.count, -weightOfRow[row], start, start)
                if let sum = bias?.gradient?.address {
                    let target = sum + tokens.lowerBound
                    kernels.add(tokens.count, start, target, target)
                }
            }
            if let sum = weight.gradient {
                multiply(
                    logits.transposed, rows.block[rows: tile.rows], into: sum.block[rows: tokens],
                    accumulating: true)
            }
        }
    }
}
