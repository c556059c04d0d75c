import SondeJSON
public import SondeSDK

/// What the configurations of several architectures say in the same words.
extension Configuration {
    /// A rate of dropout, or a default where the field is absent.
    public func rate(_ name: String, default fallback: Double) throws -> Float {
        let rate = try number(name, default: fallback)
        guard (0..<1).contains(rate) else {
            throw invalid(name, "is \(rate); it should be at least 0 and less than 1")
        }
        return Float(rate)
    }

    /// A word of a list, or a default where the field is absent.
    public func word(_ name: String, oneOf known: [String], default fallback: String) throws -> String {
        let word = try text(name) ?? fallback
        guard known.contains(word) else {
            throw invalid(name, "is '\(word)'; this plugin knows \(known.joined(separator: ", "))")
        }
        return word
    }

    /// Ids of special tokens by role.
    public func specialTokens(below vocabulary: Int) throws -> [String: Int] {
        var tokens: [String: Int] = [:]
        let fields = [
            ("unknown", "unk_token_id"), ("begin", "bos_token_id"), ("end", "eos_token_id"),
            ("padding", "pad_token_id"),
        ]
        for (role, field) in fields {
            guard let id = try integer(field) else { continue }
            guard (0..<vocabulary).contains(id) else {
                throw invalid(field, "is \(id), outside the vocabulary of \(vocabulary)")
            }
            tokens[role] = id
        }
        return tokens
    }
}

/// Whether training drops activations at the checkpoint's rates.
public enum TrainingDropout {
    /// The option `dropout` of a model plugin.
    public static let option = OptionDeclaration(
        "dropout", .boolean, default: .boolean(true),
        "Whether training drops activations at the checkpoint's rates")

    /// What the option says of a rate: the rate itself, or 0.
    public static func rate(_ rate: Float, _ options: Options) throws -> Float {
        try options.boolean(option.name) ? rate : 0
    }
}
