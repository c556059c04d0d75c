public import SondeSDK

/// Scores the candidates of rows with a model, in passes of bounded size.
public struct Scorer: Sendable {
    /// Most tokens of a pass; a row that is longer goes alone.
    public var tokensPerPass: Int

    /// A scorer.
    public init(tokensPerPass: Int = 8192) {
        self.tokensPerPass = tokensPerPass
    }

    /// Scores and, where asked for, the loss of every row and what is said after its text.
    ///
    /// - Parameters:
    ///   - rows: rows with candidates; a loss needs labels, too.
    ///   - generationLimit: how many tokens are said at most, each the likeliest, up to the end token; `nil` for none.
    /// - Throws: ``HostError`` for a score that is not finite, and what the model throws.
    public func score(
        _ rows: Rows, with model: any Model, prompt: (any PreparedPrompt)? = nil, loss: Pass.Loss? = nil,
        generationLimit: Int? = nil, host: (any PluginHost)? = nil
    ) throws -> Scores {
        var scores = Scores()
        if loss != nil { scores.rowLosses = [] }
        if generationLimit != nil { scores.generated = [] }
        for range in rows.batches(tokensPerPass: tokensPerPass) {
            try host?.checkCancellation()
            let batch = rows.subset(range)
            let result = try model.run(
                Pass(
                    rows: batch, prompts: [prompt], loss: loss,
                    generation: generationLimit.map { Pass.Generation(limit: $0) }))
            guard let values = result.candidateScores.first, values.count == batch.candidates.count else {
                throw HostError.plugin("The model gave no score for some candidates.")
            }
            for row in 0..<batch.count {
                try scores.append(Array(values[batch.candidateRange(of: row)]), line: batch.lines[row])
            }
            scores.rowLosses?.append(contentsOf: result.rowLosses.first ?? [])
            if generationLimit != nil {
                guard let texts = result.generated.first, texts.count == batch.count else {
                    throw HostError.plugin("The model said nothing after some texts.")
                }
                scores.generated?.append(contentsOf: (0..<batch.count).map { Array(texts[$0]) })
            }
        }
        return scores
    }
}

/// What a model makes of rows with candidates.
public struct Scores: Sendable, Hashable {
    /// The index of each row's best candidate; of equals the first.
    public private(set) var predictions: [Int] = []
    /// The scores of each row's candidates: summed log-probabilities of their tokens.
    public private(set) var candidateScores: [[Double]] = []
    /// The loss of each row, where it was asked for.
    public internal(set) var rowLosses: [Double]?
    /// The tokens that the model says after each row's text, where they were asked for; without the end token.
    public internal(set) var generated: [[Int32]]?

    init() {}

    /// The one index that is predicted for every row, if there are at least two rows; a sign that the model answers
    /// without regard to the text.
    public var onlyPrediction: Int? {
        guard predictions.count > 1, let first = predictions.first else { return nil }
        return predictions.allSatisfy { $0 == first } ? first : nil
    }

    mutating func append(_ scores: [Double], line: UInt64) throws(HostError) {
        guard scores.allSatisfy({ !$0.isNaN }) else {
            throw .plugin("The model's score for the example of line \(line) is not a number.")
        }
        guard let highest = scores.max(), let prediction = scores.firstIndex(of: highest) else {
            throw .data("The example of line \(line) has no candidates to score.")
        }
        predictions.append(prediction)
        candidateScores.append(scores)
    }
}
