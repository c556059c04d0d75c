/// Products of a model that reads both ways, layer by layer: prompt rows stand in every sequence, and one row of each is
/// scored, whatever its candidates.
struct MaskedOperations {
    private let products: ModelProducts
    private let promptRows: Int
    /// Rows of each sequence, those of its prompt among them.
    private let lengths: [Int]

    init(_ products: ModelProducts, _ batch: BatchShape) {
        self.products = products
        promptRows = batch.promptRows
        lengths = batch.sequences.map { batch.promptRows + $0.text }
    }

    private var rows: Int { lengths.reduce(0, +) }
    private var scored: Int { lengths.count }
    private var layers: Int { products.model.layers }

    func groups(withGradient: Bool) -> (there: [ProductGroup], back: [ProductGroup]) {
        let last = layers - 1
        var there: [ProductGroup] = []
        for layer in 0..<layers {
            // In the last layer keys and values of all rows, and the rest of the scored ones.
            let kept = layer == last ? scored : rows
            there += products.there(rows, squares: 2) + products.there(kept, squares: 1)
            there.append(products.attentionThere(attention(isLast: layer == last)))
            there += products.there(kept, squares: 1) + products.feedForwardThere(kept)
        }
        there += products.there(scored, squares: 1)
        there.append(products.vocabulary(scored, hasWayBack: withGradient))
        return (there, withGradient ? backward() : [])
    }

    private func backward() -> [ProductGroup] {
        var back = products.back(scored, squares: 1)
        for layer in (0..<layers).reversed() {
            let isLast = layer == layers - 1
            let kept = isLast ? scored : rows
            back += products.feedForwardBack(kept) + products.back(kept, squares: 1)
            if layer == 0 {
                back.append(products.promptAttentionBack(lengths, promptRows: promptRows))
                // Gradients of all sequences' prompt rows are summed before.
                back += products.back(promptRows, squares: 3)
            } else {
                back.append(products.attentionBack(attention(isLast: isLast)))
                back += products.back(kept, squares: 1) + products.back(rows, squares: 2)
            }
        }
        return back
    }

    private func attention(isLast: Bool) -> [AttentionBlock] {
        lengths.map { products.block(queries: isLast ? 1 : $0, keys: $0) }
    }
}
