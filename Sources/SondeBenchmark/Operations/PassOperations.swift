/// The matrix products that a pass of a BLOOM cannot do without.
///
/// A product `[m × k] · [k × n]` counts 2·m·k·n operations (one multiplication, one addition), as in Kaplan et al. 2020
/// (arXiv:2001.08361, section 2.1), and only products count. Here every token is computed once (no padding; a prompt
/// once for a batch, a text once for its candidates), causal attention counts visible pairs only, the last layer has
/// keys and values of all rows and the rest of scored rows alone, and logits exist for scored rows alone.
///
/// The way back of a frozen model needs one more product for each weight, that of the output's gradient with the
/// weight; weights themselves get no gradient (half of the usual "backward is twice forward": Hobbhahn and Sevilla 2021,
/// "What's the backward-forward FLOP ratio for neural networks?"). Attention needs four: the gradients of
/// probabilities, values, queries and keys. In the first layer only the prompt's rows get gradients, since token
/// embeddings have none. Probabilities that are computed anew are not useful.
public struct PassOperations: Sendable {
    /// The way there.
    public let forward: [MatrixProduct]
    /// The way back to the prompt; empty without a gradient.
    public let backward: [MatrixProduct]

    /// What a pass needs.
    public init(_ model: ModelShape, _ batch: BatchShape, withGradient: Bool) {
        let counter = OperationCounter(model: model, batch: batch)
        forward = counter.forward()
        backward = withGradient ? counter.backward() : []
    }

    /// All products in the order in which they are computed.
    public var products: [MatrixProduct] { forward + backward }

    /// Useful floating-point operations.
    public var useful: Double { products.map(\.usefulOperations).reduce(0, +) }
}

/// Lists products layer by layer.
private struct OperationCounter {
    let model: ModelShape
    let batch: BatchShape

    func forward() -> [MatrixProduct] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var products: [MatrixProduct] = []
        for layer in 0..<model.layers {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            if isLast {
                products.append(.weight(rows: rows, input: width, output: width))
                products.append(.weight(rows: batch.rows, input: width, output: 2 * width))
            } else {
                products.append(.weight(rows: rows, input: width, output: 3 * width))
            }
            products += attention(scoredRowsOnly: isLast).flatMap { [$0.scores(model), $0.sums(model)] }
            products.append(.weight(rows: rows, input: width, output: width))
            products.append(.weight(rows: rows, input: width, output: inner))
            products.append(.weight(rows: rows, input: inner, output: width))
        }
        products.append(.weight(rows: batch.scoredRows, input: width, output: model.vocabulary))
        return products
    }

    func backward() -> [MatrixProduct] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var products: [MatrixProduct] = [
            .weight(rows: batch.scoredRows, input: model.vocabulary, output: width)
        ]
        for layer in (0..<model.layers).reversed() {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            products.append(.weight(rows: rows, input: width, output: inner))
            products.append(.weight(rows: rows, input: inner, output: width))
            products.append(.weight(rows: rows, input: width, output: width))
            let attention = attention(scoredRowsOnly: isLast)
            if layer == 0 {
                products += promptAttention(attention).flatMap {
                    [$0.scores(model), $0.gathered(model), $0.gathered(model)]
                }
                products += attention.prefix(1).map { $0.sums(model) }
                products.append(
                    .weight(rows: batch.computedPromptRows, input: 3 * width, output: width))
                continue
            }
            products += attention.flatMap {
                [$0.scores(model), $0.gathered(model), $0.sums(model), $0.gathered(model)]
            }
            if isLast {
                products.append(.weight(rows: rows, input: width, output: width))
                products.append(.weight(rows: batch.rows, input: 2 * width, output: width))
            } else {
                products.append(.weight(rows: rows, input: 3 * width, output: width))
            }
        }
        return products
    }

    /// The attention of the prompt among itself, if it is computed here, and of each sequence.
    private func attention(scoredRowsOnly: Bool) -> [AttentionBlock] {
        let prompt = batch.promptRows
        var blocks: [AttentionBlock] = []
        if batch.computedPromptRows > 0 {
            blocks.append(
                AttentionBlock(
                    queries: scoredRowsOnly ? 0 : prompt, keys: prompt,
                    pairs: scoredRowsOnly ? 0 : prompt * (prompt + 1) / 2))
        }
        for sequence in batch.sequences {
            let scored = sequence.scoredDepths.map { prompt + $0 }
            let unscored = scoredRowsOnly ? 0 : max(0, sequence.text - 1)
            blocks.append(
                AttentionBlock(
                    queries: unscored + scored.count, keys: prompt + sequence.rows,
                    pairs: unscored * prompt + unscored * (unscored + 1) / 2 + scored.reduce(0, +)))
        }
        return blocks
    }

    /// The part of some attention whose keys are the prompt's.
    private func promptAttention(_ blocks: [AttentionBlock]) -> [AttentionBlock] {
        blocks.enumerated().map { index, block in
            AttentionBlock(
                queries: block.queries, keys: batch.promptRows,
                pairs: index == 0 ? block.pairs : block.queries * batch.promptRows)
        }
    }
}

/// Queries that attend to keys, in every head.
private struct AttentionBlock {
    let queries: Int
    let keys: Int
    /// Pairs of a query and a key that it sees.
    let pairs: Int

    /// Queries times keys, or gradients of sums times values: an entry for each pair.
    func scores(_ model: ModelShape) -> MatrixProduct {
        product(rows: queries, columns: keys, depth: model.width / model.heads, model)
    }

    /// Probabilities times values, or gradients of scores times keys: a row for each query.
    func sums(_ model: ModelShape) -> MatrixProduct {
        product(rows: queries, columns: model.width / model.heads, depth: keys, model)
    }

    /// Transposed probabilities or gradients of scores times rows of queries: a row for each key.
    func gathered(_ model: ModelShape) -> MatrixProduct {
        product(rows: keys, columns: model.width / model.heads, depth: queries, model)
    }

    /// Each of the four kinds of product has a term for each pair, head and column of a head.
    private func product(rows: Int, columns: Int, depth: Int, _ model: ModelShape) -> MatrixProduct {
        MatrixProduct(
            rows: rows, columns: columns, depth: depth, count: model.heads, operand: .activation,
            usefulOperations: 2 * Double(pairs) * Double(model.width))
    }
}
