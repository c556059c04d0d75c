public import SondeSDK
import SondeStatistics

/// The first values of a soft prompt and where they come from.
public struct InitialPrompt: Sendable, Hashable {
    /// The values, `[rows × width]`.
    public var values: [Float]
    /// The token that each row is a copy of, where it is one.
    public var tokens: [Int32]?
}

extension InitialPrompt {
    /// Makes the first values as a recipe says; the same seed makes the same ones.
    /// - Throws: ``HostError`` for a text without tokens, and what the model throws.
    public init(_ recipe: TuningRecipe, model: any Model, seed: Int) throws {
        var stream = RandomStream(seed: UInt64(bitPattern: Int64(seed)), name: "init")
        switch recipe.initialisation {
        case .text:
            let tokens = try Self.textTokens(recipe.text ?? "", rows: recipe.rows, model: model)
            self.init(values: try Self.embeddings(of: tokens, model: model), tokens: tokens)
        case .vocabulary:
            let tokens = try Self.sampledTokens(rows: recipe.rows, model: model, from: &stream)
            self.init(values: try Self.embeddings(of: tokens, model: model), tokens: tokens)
        case .noise:
            let count = recipe.rows * (try model.card.width)
            let values = (0..<count).map { _ in Float(recipe.standardDeviation * stream.normal()) }
            self.init(values: values, tokens: nil)
        }
    }

    /// PEFT's rule: the text's tokens, with the special ones of its tokenizer, repeated or cut to the number of rows.
    private static func textTokens(_ text: String, rows: Int, model: any Model) throws -> [Int32] {
        let tokens = Array(try model.encode([text], as: .text)[0])
        guard !tokens.isEmpty else {
            throw HostError.data("The initial text '\(text)' has no tokens in this model; give another one.")
        }
        return (0..<rows).map { tokens[$0 % tokens.count] }
    }

    /// Tokens drawn with replacement, each that the tokenizer has equally likely.
    private static func sampledTokens(
        rows: Int, model: any Model, from stream: inout RandomStream
    ) throws -> [Int32] {
        let count = try model.card.tokenCount
        guard try (0..<count).contains(where: { try model.text(ofToken: Int32($0)) != nil }) else {
            throw HostError.plugin("The model's tokenizer has no tokens to draw from.")
        }
        var tokens: [Int32] = []
        while tokens.count < rows {
            let token = Int32(stream.integer(below: count))
            if try model.text(ofToken: token) != nil { tokens.append(token) }
        }
        return tokens
    }

    private static func embeddings(of tokens: [Int32], model: any Model) throws -> [Float] {
        try tokens.flatMap { token in
            try model.embeddings(Int(token)..<(Int(token) + 1)).row(0)
        }
    }
}
