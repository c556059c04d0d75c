public import SondeSDK

/// A causal architecture with its tokenizer, as the contract's model.
public final class CausalLanguageModel: Model {
    /// What the model is.
    public let card: ModelCard
    let architecture: any CausalArchitecture
    let workspace: Workspace
    private let tokenizer: Tokenizer
    private let embeddingRows: EmbeddingRows
    private let host: any PluginHost

    /// The name of the one stack of a causal model.
    public static let stack = "decoder"
    /// The one place of a prompt.
    public static let placement = "prefix"

    /// Combines the parts.
    public init(
        _ architecture: any CausalArchitecture, tokenizer: Tokenizer, card: ModelCard, workspace: Workspace,
        host: any PluginHost
    ) {
        self.architecture = architecture
        self.tokenizer = tokenizer
        self.card = card
        self.workspace = workspace
        self.host = host
        embeddingRows = EmbeddingRows(of: architecture.embeddings, in: workspace)
    }

    /// Ids of texts; a target ends with the end token.
    public func encode(_ texts: [String], as role: TextRole) throws -> Ragged<Int32> {
        var encoded = Ragged<Int32>()
        for text in texts {
            var ids = tokenizer.encode(text, addingSpecialTokens: role == .text)
            if role == .target {
                guard let end = card.specialTokens["end"] else {
                    throw SondeError.unsupported(
                        "The checkpoint names no end token (field 'eos_token_id' of config.json); switch it off."
                    )
                }
                ids.append(Int32(end))
            }
            encoded.append(ids)
        }
        return encoded
    }

    /// Text of ids, special tokens left out.
    public func decode(_ ids: [Int32]) throws -> String { tokenizer.decode(ids, skippingSpecialTokens: true) }

    /// One token as people should see it.
    public func text(ofToken id: Int32) throws -> String? { tokenizer.text(ofToken: id) }

    /// Rows of the embedding table, in place where it is in single precision.
    public func embeddings(_ rows: Range<Int>) throws -> MatrixView { try embeddingRows.view(rows) }

    /// Checks and keeps a prompt.
    public func prepare(_ prompt: SoftPrompt) throws -> any PreparedPrompt {
        guard prompt.width == card.width else {
            throw SondeError.invalidData(
                "The prompt has rows of \(prompt.width) values; this model needs \(card.width).")
        }
        if let placement = prompt.placement, placement != Self.placement {
            throw SondeError.unsupported(
                "A prompt of this model goes to '\(Self.placement)'; there is no '\(placement)'.")
        }
        guard prompt.rows > 0, prompt.values.allSatisfy(\.isFinite) else {
            throw SondeError.invalidData("The prompt has no rows, or values that are not finite.")
        }
        return CausalPrompt(prompt)
    }

    /// Runs a batch once for each prompt, several prompts at a time where only their keys and values matter.
    public func run(_ pass: Pass) throws -> PassResult {
        try PassCheck(card: card).check(pass)
        var result = PassResult()
        let runs = try (0..<pass.runs).map { run in
            let prompt = pass.prompts.isEmpty ? nil : pass.prompts[run]
            guard prompt == nil || prompt is CausalPrompt else {
                throw SondeError.invalidArgument("A pass was given a prompt that another model has prepared.")
            }
            return CausalRun(model: self, pass: pass, run: run, prompt: prompt as? CausalPrompt)
        }
        for group in CausalGroup.groups(of: runs) {
            try host.checkCancellation()
            try group.add(to: &result)
        }
        if let untouched = result.receipts.firstIndex(where: { $0.visited == 0 }), pass.rows.count > 0 {
            let edit = pass.edits[untouched]
            throw SondeError.invalidArgument(
                "The edit of \(edit.site.rawValue) in layer \(edit.layer) visited nothing: there are no positions "
                    + "'\(edit.positions)' or no neurons.")
        }
        return result
    }
}

/// A prompt of a causal model, with its keys and values once they are known.
final class CausalPrompt: PreparedPrompt {
    private(set) var prompt: SoftPrompt
    /// Keys and values of all layers, computed in evaluation.
    var memory: KeyValueCache?

    init(_ prompt: SoftPrompt) {
        self.prompt = prompt
    }

    var liveRows: [Bool] { Array(repeating: true, count: prompt.rows) }

    func update(_ values: [Float]) throws {
        guard values.count == prompt.values.count, values.allSatisfy(\.isFinite) else {
            throw SondeError.invalidData(
                "A prompt of \(prompt.rows) × \(prompt.width) was given \(values.count) values, or values that are "
                    + "not finite.")
        }
        prompt.values = values
        memory = nil
    }
}
