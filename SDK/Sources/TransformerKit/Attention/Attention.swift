/// Randomness of attention in one layer.
struct AttentionDropout {
    let dropout: Dropout
    let site: UInt64

    /// The key of one row of probabilities.
    func key(row: Int, head: Int) -> UInt64 { mixed(dropout.key(row: row, site: site) ^ UInt64(head)) }
}

extension Tape {
    /// Attention of every row to all that it sees in the forest, `[rows × heads · headWidth]`, heads side by side.
    ///
    /// Scaled products of queries and keys, their softmax, and the values so weighted: Vaswani et al. 2017,
    /// arXiv:1706.03762. Only the projections are kept for the way back; probabilities are computed anew.
    ///
    /// - Parameters:
    ///   - projections: Queries, keys and values of the rows of the forest.
    ///   - shape: Heads, scale, bias and direction.
    ///   - forest: Which rows see which.
    ///   - layer: The layer, for cached segments and as the site of dropout.
    ///   - dropout: Dropout of the probabilities; needs a key for each row.
    public func attention(
        _ projections: Projections, shape: AttentionShape, forest: Forest, layer: Int, dropout: Dropout? = nil
    ) -> Value {
        let (query, key, value) = (projections.query, projections.key, projections.value)
        for (projection, rows) in [
            (query, forest.rowCount), (key, forest.keyRowCount), (value, forest.keyRowCount),
        ] {
            let last = projection.columns(head: shape.headCount - 1, width: shape.headWidth)
            precondition(
                projection.value.rows >= rows && last.upperBound <= projection.value.width,
                "attention over \(rows) rows with a projection of \(projection.value.rows) rows")
        }
        let active = dropout.flatMap {
            $0.rate > 0 ? AttentionDropout(dropout: $0, site: UInt64(layer)) : nil
        }
        let pass = AttentionPass(
            projections: projections, shape: shape, forest: forest, layer: layer, dropout: active)
        let output = workspace.tensor(rows: forest.rowCount, width: shape.headCount * shape.headWidth)
        pass.forward(into: output, in: workspace)
        pass.saveKeysAndValues()
        return self.value(output, of: query.value, key.value, value.value, using: [shape.bias.parameter]) {
            [workspace] gradient in
            pass.backward(from: gradient, in: workspace)
        }
    }
}

/// Attention in one layer, as far as its two directions have it in common.
struct AttentionPass {
    let projections: Projections
    let shape: AttentionShape
    let forest: Forest
    let layer: Int
    let dropout: AttentionDropout?

    /// Scores computed together: 256 KiB of them, which stay in the cache of a core.
    private static let scoresOfUnit = 1 << 16

    /// Runs `body` with ranges of heads and scratch memory of their own, at the same time.
    ///
    /// - Parameter matrices: How many matrices of scores of the largest unit a thread needs.
    func forEachShareOfHeads(
        matrices: Int, in workspace: Workspace,
        _ body: (_ heads: Range<Int>, _ units: [AttentionUnit], _ scratch: [Tensor]) -> Void
    ) {
        let units = forest.units(limit: Self.scoresOfUnit)
        let largest = units.map { $0.rows.count * $0.width }.max() ?? 0
        let shares = min(workspace.parallel.threadCount, shape.headCount)
        let scratch = (0..<shares).map { _ in
            (0..<matrices).map { _ in workspace.tensor(rows: 1, width: largest) }
        }
        workspace.parallel.run(shares) { share in
            body((0..<shape.headCount).piece(share, of: shares), units, scratch[share])
        }
    }

    /// The keys of one head of a segment, `[tokens × headWidth]`.
    func keyBlock(_ segment: Forest.Segment, head: Int) -> Block {
        if let cache = segment.cache {
            return cached(cache.keys(layer: layer, rows: segment.keyCount), head: head)
        }
        return block(projections.key, head: head)[rows: segment.keyRows]
    }

    /// The values of one head of a segment, `[tokens × headWidth]`.
    func valueBlock(_ segment: Forest.Segment, head: Int) -> Block {
        if let cache = segment.cache {
            return cached(cache.values(layer: layer, rows: segment.keyCount), head: head)
        }
        return block(projections.value, head: head)[rows: segment.keyRows]
    }

    /// One head of a projection, `[rows × headWidth]`.
    func block(_ projection: Projection, head: Int) -> Block {
        projection.block(of: projection.value.tensor, head: head, width: shape.headWidth)
    }

    /// One head of a matrix with its heads side by side.
    func sideBySide(_ matrix: Block, head: Int) -> Block {
        matrix[0..<matrix.rows, head * shape.headWidth..<(head + 1) * shape.headWidth]
    }

    private func cached(_ rows: Block, head: Int) -> Block { sideBySide(rows, head: head) }

    /// The matrix of scores of a unit in scratch memory.
    func scores(of unit: AttentionUnit, in scratch: Tensor) -> Block {
        Block(address: scratch.address, rows: unit.rows.count, columns: unit.width, stride: unit.width)
    }

    /// The part of a unit's scores that belongs to a segment of keys.
    func part(_ scores: Block, of keys: AttentionUnit.Keys, in unit: AttentionUnit) -> Block {
        scores[local(keys.rows, in: unit), keys.columns]
    }

    /// Rows of the batch counted from the first row of the unit.
    func local(_ rows: Range<Int>, in unit: AttentionUnit) -> Range<Int> {
        rows.lowerBound - unit.rows.lowerBound..<rows.upperBound - unit.rows.lowerBound
    }

    /// Puts keys and values of segments that ask for it into their caches.
    fileprivate func saveKeysAndValues() {
        for segment in forest.segments {
            segment.saving?.append(rows: segment.keyRows.count, layer: layer) { keys, values in
                for head in 0..<shape.headCount {
                    copy(keyBlock(segment, head: head), to: sideBySide(keys, head: head))
                    copy(valueBlock(segment, head: head), to: sideBySide(values, head: head))
                }
            }
        }
    }

    private func copy(_ source: Block, to target: Block) {
        for row in 0..<source.rows {
            (target.address + row * target.stride).update(
                from: source.address + row * source.stride, count: source.columns)
        }
    }
}
