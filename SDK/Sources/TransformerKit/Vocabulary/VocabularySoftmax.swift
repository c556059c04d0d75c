import CKernels
import Glibc

/// The softmax over the vocabulary after each of some rows, accumulated over tiles of tokens.
struct VocabularySoftmax {
    /// The logarithm of the sum of the exponentials of all logits, one a row.
    let logSums: [Double]
    /// Σ p(token) · head[token], `[rows × width]`, if asked for.
    let expectedEmbeddings: Tensor?

    init(rows: Tensor, head: ScoringHead, expectingEmbeddings: Bool, in workspace: Workspace) {
        var shares = (0..<workspace.parallel.threadCount).map { _ in
            Share(rows: rows, isExpecting: expectingEmbeddings, in: workspace)
        }
        shares.withUnsafeMutableBufferPointer { shares in
            head.forEachTile(of: rows, in: workspace) { share, tile in shares[share].add(tile) }
        }
        var total = shares[0]
        for share in shares.dropFirst() { total.merge(share) }
        total.finish()
        logSums = total.logSums
        expectedEmbeddings = total.expected
    }
}

/// What one thread knows of the softmax of all rows, from the tokens that it has seen.
private struct Share {
    /// The largest logit so far.
    private var maxima: [Float]
    /// The sum of the exponentials of all logits minus the largest.
    private var sums: [Double]
    /// The sum of the same exponentials times the tokens' embeddings.
    let expected: Tensor?

    init(rows: Tensor, isExpecting: Bool, in workspace: Workspace) {
        maxima = Array(repeating: -.infinity, count: rows.rows)
        sums = Array(repeating: 0, count: rows.rows)
        expected = isExpecting ? workspace.zeros(rows: rows.rows, width: rows.width) : nil
    }

    var logSums: [Double] { zip(maxima, sums).map { Double($0) + log($1) } }

    /// Adds a tile of logits, which are overwritten.
    mutating func add(_ tile: VocabularyTile) {
        for (index, row) in tile.rows.enumerated() {
            let start = tile.logits.address + index * tile.logits.stride
            raiseMaximum(of: row, to: kernels.maximum(tile.tokens.count, start))
            sums[row] += Double(kernels.exponentials(tile.tokens.count, maxima[row], start))
        }
        if let expected { tile.addWeightedSums(to: expected.block[rows: tile.rows]) }
    }

    /// Adds what another thread knows.
    mutating func merge(_ other: Share) {
        for row in maxima.indices where other.maxima[row] > -.infinity {
            raiseMaximum(of: row, to: other.maxima[row])
            let factor = exp(other.maxima[row] - maxima[row])
            sums[row] += other.sums[row] * Double(factor)
            if let expected, let more = other.expected {
                kernels.scale_add(expected.width, factor, more.rowAddress(row), expected.rowAddress(row))
            }
        }
    }

    /// Divides the expected embeddings by the sums.
    func finish() {
        guard let expected else { return }
        for row in 0..<expected.rows {
            let start = expected.rowAddress(row)
            kernels.scale(expected.width, Float(1 / sums[row]), start, start)
        }
    }

    private mutating func raiseMaximum(of row: Int, to candidate: Float) {
        guard candidate > maxima[row] else { return }
        let factor = exp(maxima[row] - candidate)
        maxima[row] = candidate
        sums[row] *= Double(factor)
        if let expected, factor != 1 {
            kernels.scale(expected.width, factor, expected.rowAddress(row), expected.rowAddress(row))
        }
    }
}
