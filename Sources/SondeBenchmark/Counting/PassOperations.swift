/// The matrix products that a pass of a BLOOM cannot do without.
///
/// A product `[m × k] · [k × n]` counts 2·m·k·n operations (one multiplication, one addition), as in Kaplan et al. 2020
/// (arXiv:2001.08361, section 2.1), and only products count. Here every token is computed once (no padding; a prompt
/// once for a batch, a text once for its candidates), causal attention counts visible pairs only, the last layer has
/// keys and values of all rows and the rest of scored rows alone, and logits exist for scored rows alone.
///
/// The way back of a frozen model needs one more product for each weight, that of the output's gradient with the
/// weight; weights themselves get no gradient (half of the usual "backward is twice forward": Hobbhahn and Sevilla 2021,
/// "What's the backward-forward FLOP ratio for neural networks?"). That of the vocabulary stands with the way there, since
/// the expected embedding can be summed up while a tile's weights are at hand. Attention needs four: the gradients of
/// probabilities, values, queries and keys. In the first layer only the prompt's rows get gradients, since token
/// embeddings have none. Probabilities that are computed anew are not useful.
public struct PassOperations: Sendable {
    /// The way there.
    public let forward: [ProductGroup]
    /// The way back to the prompt; empty without a gradient.
    public let backward: [ProductGroup]

    /// What a pass needs.
    public init(_ model: ModelShape, _ batch: BatchShape, withGradient: Bool) {
        let counter = OperationCounter(model: model, batch: batch)
        forward = counter.forward(hasWayBack: withGradient).filter { !$0.isEmpty }
        backward = withGradient ? counter.backward().filter { !$0.isEmpty } : []
    }

    /// All products in the order in which they are computed.
    public var groups: [ProductGroup] { forward + backward }

    /// Useful floating-point operations.
    public var useful: Double { groups.map(\.usefulOperations).reduce(0, +) }
}

/// Lists products layer by layer.
private struct OperationCounter {
    let model: ModelShape
    let batch: BatchShape

    func forward(hasWayBack: Bool) -> [ProductGroup] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var groups: [ProductGroup] = []
        for layer in 0..<model.layers {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            if isLast {
                groups.append(there(rows, from: width, to: width))
                groups.append(there(batch.rows, from: width, to: 2 * width))
            } else {
                groups.append(there(rows, from: width, to: 3 * width))
            }
            groups.append(heads(attention(scoredRowsOnly: isLast).flatMap { [$0.scores, $0.sums] }))
            groups.append(there(rows, from: width, to: width))
            groups.append(there(rows, from: width, to: inner))
            groups.append(there(rows, from: inner, to: width))
        }
        let logits = MatrixProduct(
            rows: batch.scoredRows, columns: model.vocabulary, depth: width, isRightTransposed: true)
        return groups + [.vocabulary(logits: logits, hasWayBack: hasWayBack)]
    }

    func backward() -> [ProductGroup] {
        let (width, inner) = (model.width, model.feedForwardWidth)
        var groups: [ProductGroup] = []
        for layer in (0..<model.layers).reversed() {
            let isLast = layer == model.layers - 1
            let rows = isLast ? batch.scoredRows : batch.rows
            groups.append(back(rows, from: width, to: inner))
            groups.append(back(rows, from: inner, to: width))
            groups.append(back(rows, from: width, to: width))
            let attention = attention(scoredRowsOnly: isLast)
            if layer == 0 {
                let prompt = promptAttention(attention)
                groups.append(
                    heads(
                        prompt.flatMap { [$0.scores, $0.gathered, $0.gathered] }
                            + attention.prefix(1).map(\.sums)))
                groups.append(back(batch.computedPromptRows, from: 3 * width, to: width))
                continue
            }
            groups.append(heads(attention.flatMap { [$0.scores, $0.gathered, $0.sums, $0.gathered] }))
            if isLast {
                groups.append(back(rows, from: width, to: width))
                groups.append(back(batch.rows, from: 2 * width, to: width))
            } else {
                groups.append(back(rows, from: 3 * width, to: width))
            }
        }
        return groups
    }

    /// Activations times a weight `[output × input]`, transposed.
    private func there(_ rows: Int, from input: Int, to output: Int) -> ProductGroup {
        .weight(MatrixProduct(rows: rows, columns: output, depth: input, isRightTransposed: true))
    }

    /// The gradient of a linear layer's output times its weight `[output × input]`.
    private func back(_ rows: Int, from output: Int, to input: Int) -> ProductGroup {
        .weight(MatrixProduct(rows: rows, columns: input, depth: output))
    }

    private func heads(_ products: [MatrixProduct]) -> ProductGroup {
        .heads(count: model.heads, products.filter { !$0.isEmpty })
    }

    /// The attention of the prompt among itself, if it is computed here, and of each sequence.
    private func attention(scoredRowsOnly: Bool) -> [AttentionBlock] {
        let prompt = batch.promptRows
        let headWidth = model.width / model.heads
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

/// Queries that attend to keys, in one head.
private struct AttentionBlock {
    let queries: Int
    let keys: Int
    /// Pairs of a query and a key that it sees.
    let pairs: Int
    let headWidth: Int

    /// Queries times keys, or gradients of sums times values: an entry for each pair.
    var scores: MatrixProduct {
        counted(MatrixProduct(rows: queries, columns: keys, depth: headWidth, isRightTransposed: true))
    }

    /// Probabilities times values, or gradients of scores times keys: a row for each query.
    var sums: MatrixProduct { counted(MatrixProduct(rows: queries, columns: headWidth, depth: keys)) }

    /// Transposed probabilities or gradients of scores times rows of queries: a row for each key.
    var gathered: MatrixProduct {
        counted(MatrixProduct(rows: keys, columns: headWidth, depth: queries, isLeftTransposed: true))
    }

    /// Each of the three kinds of product has a useful term for each pair and column of the head.
    private func counted(_ product: MatrixProduct) -> MatrixProduct {
        var product = product
        product.usefulOperations = 2 * Double(pairs) * Double(headWidth)
        return product
    }
}
