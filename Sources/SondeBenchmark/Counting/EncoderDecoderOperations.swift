/// Products of an encoder that reads prompt and text both ways, and of a decoder that reads the candidates and, in each of
/// its layers, the encoder's states.
struct EncoderDecoderOperations {
    private let products: ModelProducts
    private let promptRows: Int
    /// Rows of each sequence in the encoder, those of its prompt among them.
    private let encoderLengths: [Int]
    /// Rows of each sequence in the decoder: its start token, and every distinct beginning of a candidate.
    private let decoderLengths: [Int]
    /// Pairs that see each other in the decoder of each sequence.
    private let decoderPairs: [Int]

    init(_ products: ModelProducts, _ batch: BatchShape) {
        self.products = products
        promptRows = batch.promptRows
        encoderLengths = batch.sequences.map { batch.promptRows + $0.text }
        decoderLengths = batch.sequences.map(\.scoredDepths.count)
        decoderPairs = batch.sequences.map { sequence in
            sequence.scoredDepths.reduce(0) { $0 + $1 - sequence.text + 1 }
        }
    }

    private var read: Int { encoderLengths.reduce(0, +) }
    private var answered: Int { decoderLengths.reduce(0, +) }
    private var layers: Int { products.model.layers }

    private var encoderAttention: [AttentionBlock] {
        encoderLengths.map { products.block(queries: $0, keys: $0) }
    }
    private var decoderAttention: [AttentionBlock] {
        zip(decoderLengths, decoderPairs).map {
            AttentionBlock(queries: $0, keys: $0, pairs: $1, headWidth: products.headWidth)
        }
    }
    private var crossAttention: [AttentionBlock] {
        zip(decoderLengths, encoderLengths).map { products.block(queries: $0, keys: $1) }
    }

    func groups(withGradient: Bool) -> (there: [ProductGroup], back: [ProductGroup]) {
        var there: [ProductGroup] = []
        for _ in 0..<layers {
            there += products.there(read, squares: 3) + [products.attentionThere(encoderAttention)]
            there += products.there(read, squares: 1) + products.feedForwardThere(read)
        }
        for _ in 0..<layers {
            there += products.there(answered, squares: 3) + [products.attentionThere(decoderAttention)]
            // Behind self-attention the query of cross-attention; its keys and values are the encoder's.
            there += products.there(answered, squares: 2) + products.there(read, squares: 2)
            there.append(products.attentionThere(crossAttention))
            there += products.there(answered, squares: 1) + products.feedForwardThere(answered)
        }
        there.append(products.vocabulary(answered, hasWayBack: withGradient))
        return (there, withGradient ? decoderBack + encoderBack : [])
    }

    /// What the first layer has before cross-attention depends on no prompt.
    private var decoderBack: [ProductGroup] {
        (0..<layers).reversed().flatMap { layer in
            var back = products.feedForwardBack(answered) + products.back(answered, squares: 1)
            if layer == 0 {
                back.append(products.heads(crossAttention.flatMap { [$0.scores, $0.gathered, $0.gathered] }))
                return back + products.back(read, squares: 2)
            }
            back.append(products.attentionBack(crossAttention))
            back += products.back(read, squares: 2) + products.back(answered, squares: 2)
            back.append(products.attentionBack(decoderAttention))
            return back + products.back(answered, squares: 3)
        }
    }

    private var encoderBack: [ProductGroup] {
        (0..<layers).reversed().flatMap { layer in
            let back = products.feedForwardBack(read) + products.back(read, squares: 1)
            if layer == 0 {
                // Gradients of all sequences' prompt rows are summed before.
                return back + [products.promptAttentionBack(encoderLengths, promptRows: promptRows)]
                    + products.back(promptRows, squares: 3)
            }
            return back + [products.attentionBack(encoderAttention)] + products.back(read, squares: 3)
        }
    }
}
