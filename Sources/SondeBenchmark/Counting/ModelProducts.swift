/// Products as the layers of a model have them.
struct ModelProducts {
    let model: ModelShape

    init(_ model: ModelShape) { self.model = model }

    var width: Int { model.width }
    var headWidth: Int { model.width / model.heads }

    /// Activations times a weight `[output × input]`, transposed.
    func there(_ rows: Int, from input: Int, to output: Int) -> ProductGroup {
        .weight(MatrixProduct(rows: rows, columns: output, depth: input, isRightTransposed: true))
    }

    /// The gradient of a linear layer's output times its weight `[output × input]`.
    func back(_ rows: Int, from output: Int, to input: Int) -> ProductGroup {
        .weight(MatrixProduct(rows: rows, columns: input, depth: output))
    }

    /// As many square weights, there.
    func there(_ rows: Int, squares count: Int) -> [ProductGroup] {
        Array(repeating: there(rows, from: width, to: width), count: count)
    }

    /// As many square weights, back.
    func back(_ rows: Int, squares count: Int) -> [ProductGroup] {
        Array(repeating: back(rows, from: width, to: width), count: count)
    }

    /// A feed-forward layer, there.
    func feedForwardThere(_ rows: Int) -> [ProductGroup] {
        [
            there(rows, from: width, to: model.feedForwardWidth),
            there(rows, from: model.feedForwardWidth, to: width),
        ]
    }

    /// A feed-forward layer, back.
    func feedForwardBack(_ rows: Int) -> [ProductGroup] {
        [
            back(rows, from: width, to: model.feedForwardWidth),
            back(rows, from: model.feedForwardWidth, to: width),
        ]
    }

    /// The same small products in every head.
    func heads(_ products: [MatrixProduct]) -> ProductGroup {
        .heads(count: model.heads, products.filter { !$0.isEmpty })
    }

    /// Attention, there.
    func attentionThere(_ blocks: [AttentionBlock]) -> ProductGroup {
        heads(blocks.flatMap { [$0.scores, $0.sums] })
    }

    /// Attention, back.
    func attentionBack(_ blocks: [AttentionBlock]) -> ProductGroup { heads(blocks.flatMap(\.wayBack)) }

    /// Queries that all see all keys.
    func block(queries: Int, keys: Int) -> AttentionBlock {
        AttentionBlock(queries: queries, keys: keys, pairs: queries * keys, headWidth: headWidth)
    }

    /// Logits of rows.
    func vocabulary(_ rows: Int, hasWayBack: Bool) -> ProductGroup {
        .vocabulary(
            logits: MatrixProduct(
                rows: rows, columns: model.vocabulary, depth: width, isRightTransposed: true),
            hasWayBack: hasWayBack)
    }
}

extension ModelProducts {
    /// The first layer's attention on the way back where prompt rows stand in every sequence and see all of it: keys and
    /// values of the prompt, which all queries see, and queries of the prompt.
    func promptAttentionBack(_ lengths: [Int], promptRows: Int) -> ProductGroup {
        heads(
            lengths.flatMap { length in
                let seen = block(queries: length, keys: promptRows)
                let seeing = block(queries: promptRows, keys: length)
                let rest = block(queries: promptRows, keys: length - promptRows)
                return [seen.scores, rest.scores, seen.gathered, seen.gathered, seeing.sums]
            })
    }
}
