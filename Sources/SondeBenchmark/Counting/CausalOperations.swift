/// Products of a model that reads left to right, layer by layer.
struct CausalOperations {
    private let products: ModelProducts
    private let batch: BatchShape

    init(_ products: ModelProducts, _ batch: BatchShape) {
        self.products = products
        self.batch = batch
    }

    private var model: ModelShape { products.model }

    func groups(withGradient: Bool) -> (there: [ProductGroup], back: [ProductGroup]) {
        (forward(hasWayBack: withGradient), withGradient ? backward() : [])
    }

    private func forward(hasWayBack: Bool) -> [ProductGroup] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var groups: [ProductGroup] = []
        for layer in 0..<model.layers {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            if isLast {
                groups.append(products.there(rows, from: width, to: width))
                groups.append(products.there(batch.rows, from: width, to: 2 * width))
            } else {
                groups.append(products.there(rows, from: width, to: 3 * width))
            }
            groups.append(products.attentionThere(attention(scoredRowsOnly: isLast)))
            groups.append(products.there(rows, from: width, to: width))
            groups.append(products.there(rows, from: width, to: inner))
            groups.append(products.there(rows, from: inner, to: width))
        }
        return groups + [products.vocabulary(batch.scoredRows, hasWayBack: hasWayBack)]
    }

    private func backward() -> [ProductGroup] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var groups: [ProductGroup] = []
        for layer in (0..<model.layers).reversed() {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            groups.append(products.back(rows, from: width, to: inner))
            groups.append(products.back(rows, from: inner, to: width))
            groups.append(products.back(rows, from: width, to: width))
            let attention = attention(scoredRowsOnly: isLast)
            if layer == 0 {
                let prompt = promptAttention(attention)
                groups.append(
                    products.heads(
                        prompt.flatMap { [$0.scores, $0.gathered, $0.gathered] }
                            + attention.prefix(1).map(\.sums)))
                groups.append(products.back(batch.computedPromptRows, from: 3 * width, to: width))
                continue
            }
            groups.append(products.attentionBack(attention))
            if isLast {
                groups.append(products.back(rows, from: width, to: width))
                groups.append(products.back(batch.rows, from: 2 * width, to: width))
            } else {
                groups.append(products.back(rows, from: 3 * width, to: width))
            }
        }
        return groups
    }

    /// The attention of the prompt among itself, if it is computed here, and of each sequence.
    private func attention(scoredRowsOnly: Bool) -> [AttentionBlock] {
        let prompt = batch.promptRows
        let headWidth = products.headWidth
        var blocks: [AttentionBlock] = []
        if batch.computedPromptRows > 0 {
            blocks.append(
                AttentionBlock(
                    queries: scoredRowsOnly ? 0 : prompt, keys: prompt,
                    pairs: scoredRowsOnly ? 0 : prompt * (prompt + 1) / 2, headWidth: headWidth))
        }
        for sequence in batch.sequences {
            let scored = sequence.scoredDepths.map { prompt + $0 }
            let unscored = scoredRowsOnly ? 0 : max(0, sequence.text - 1)
            blocks.append(
                AttentionBlock(
                    queries: unscored + scored.count, keys: prompt + sequence.rows,
                    pairs: unscored * prompt + unscored * (unscored + 1) / 2 + scored.reduce(0, +),
                    headWidth: headWidth))
        }
        return blocks
    }

    /// The part of some attention whose keys are the prompt's.
    private func promptAttention(_ blocks: [AttentionBlock]) -> [AttentionBlock] {
        blocks.enumerated().map { index, block in
            AttentionBlock(
                queries: block.queries, keys: batch.promptRows,
                pairs: index == 0 ? block.pairs : block.queries * batch.promptRows, headWidth: block.headWidth
            )
        }
    }
}
