/// The last layer of a language model: logits of a row are `head × row + bias`.
///
/// The logits of all tokens exist only a tile at a time: their softmax is accumulated as they are computed (Milakov and
/// Gimelshein 2018, arXiv:1805.02867), so that memory does not grow with the vocabulary.
public struct ScoringHead {
    /// `[vocabulary × width]`, often the embedding table.
    public let weight: Parameter
    /// A vector with an entry for each token, if the model has one.
    public let bias: Parameter?

    /// Describes a head.
    public init(weight: Parameter, bias: Parameter? = nil) {
        bias?.requireVector(weight.rows)
        self.weight = weight
        self.bias = bias
    }
}

/// A token whose probability is wanted as what follows a row.
public struct ScoredToken: Hashable, Sendable {
    /// A row of the value that goes into the head.
    public var row: Int
    /// The token.
    public var token: Int32

    /// Names a row and a token.
    public init(row: Int, token: Int32) {
        self.row = row
        self.token = token
    }
}

extension Tape {
    /// Log-probabilities of some tokens under the softmax over the whole vocabulary, `[pairs × 1]`.
    ///
    /// On a recording tape the expected embedding, Σ p(token) · head[token], is computed along with the softmax: with it
    /// the gradient with respect to a row is Σ g · (head[token] − expected embedding) over the row's pairs, and no
    /// logits have to be kept or computed twice.
    ///
    /// - Parameters:
    ///   - pairs: Which tokens after which rows of `hidden`.
    ///   - hidden: `[rows × width]`; only rows that are scored should be in it.
    ///   - head: The head's weights.
    public func logProbabilities(of pairs: [ScoredToken], hidden: Value, head: ScoringHead) -> Value {
        require(pairs, hidden, head)
        let isRecorded = isRecording && hidden.requiresGradient
        let softmax = VocabularySoftmax(
            rows: hidden.tensor, head: head, expectingEmbeddings: isRecorded, in: workspace)
        let output = workspace.tensor(rows: pairs.count, width: 1)
        for (index, pair) in pairs.enumerated() {
            let logit = head.logit(of: Int(pair.token), row: hidden.tensor.rowAddress(pair.row))
            output.address[index] = Float(Double(logit) - softmax.logSums[pair.row])
        }
        let (slot, rows) = (hidden.gradient, hidden.tensor)
        let kept = head.isTrained ? rows : nil
        let (logSums, expected, shape) = (
            softmax.logSums, softmax.expectedEmbeddings, (rows.rows, rows.width)
        )
        return value(output, of: hidden, using: [head.weight, head.bias]) { [workspace] gradient in
            let weighted = zip(pairs, gradient.values).map { WeightedPair(pair: $0, weight: $1) }
            if let slot, let expected {
                let sum = slot.clearedAccumulator(rows: shape.0, width: shape.1, in: workspace)
                head.addRowGradients(of: weighted, expected: expected, to: sum)
            }
            if let kept {
                head.addWeightGradients(of: weighted, rows: kept, logSums: logSums, in: workspace)
            }
        }
    }

    /// The likeliest token after each row, the first of equals, for greedy decoding.
    public func likeliestTokens(after hidden: Value, head: ScoringHead) -> [Int32] {
        require([], hidden, head)
        return VocabularyMaximum(rows: hidden.tensor, head: head, in: workspace).tokens
    }

    private func require(_ pairs: [ScoredToken], _ hidden: Value, _ head: ScoringHead) {
        precondition(head.weight.width == hidden.width, "a head of another width than its rows")
        precondition(
            pairs.allSatisfy {
                (0..<hidden.rows).contains($0.row) && (0..<head.weight.rows).contains(Int($0.token))
            }, "a scored row or token that does not exist")
    }
}
