public import SondeSDK

/// An architecture with its tokenizer, as the contract's model.
public final class LanguageModel: Model {
    /// What the model is.
    public let card: ModelCard
    let workspace: Workspace
    let parameters: ParameterSet
    let family: any LanguageModelFamily
    private let tokenizer: Tokenizer
    private let embeddingRows: EmbeddingRows
    private let host: any PluginHost

    /// What every model is made of, besides its architecture.
    public struct Parts {
        let card: ModelCard
        let tokenizer: Tokenizer
        let parameters: ParameterSet
        let workspace: Workspace
        let host: any PluginHost

        /// Combines the parts.
        public init(
            card: ModelCard, tokenizer: Tokenizer, parameters: ParameterSet, workspace: Workspace,
            host: any PluginHost
        ) {
            self.card = card
            self.tokenizer = tokenizer
            self.parameters = parameters
            self.workspace = workspace
            self.host = host
        }
    }

    init(_ family: any LanguageModelFamily, _ parts: Parts) {
        self.family = family
        card = parts.card
        tokenizer = parts.tokenizer
        parameters = parts.parameters
        workspace = parts.workspace
        host = parts.host
        embeddingRows = EmbeddingRows(of: family.architecture.embeddings, in: workspace)
    }

    /// Ids of texts, as the model's family reads them.
    public func encode(_ texts: [String], as role: TextRole) throws -> Ragged<Int32> {
        Ragged(try texts.map { try family.encode($0, as: role) })
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
        if let placement = prompt.placement, !card.placements.contains(placement) {
            let known = card.placements.map { "'\($0)'" }.joined(separator: ", ")
            throw SondeError.unsupported(
                "A prompt of this model goes to \(known); there is no '\(placement)'.")
        }
        guard prompt.rows > 0, prompt.values.allSatisfy(\.isFinite) else {
            throw SondeError.invalidData("The prompt has no rows, or values that are not finite.")
        }
        return ModelPrompt(prompt, liveRows: family.liveRows(of: prompt))
    }

    /// Runs a batch once for each prompt, several prompts at a time where only their keys and values matter.
    public func run(_ pass: Pass) throws -> PassResult {
        let runs = try (0..<pass.runs).map { index in
            let prompt = pass.prompts.isEmpty ? nil : pass.prompts[index]
            guard prompt == nil || prompt is ModelPrompt else {
                throw SondeError.invalidArgument("A pass was given a prompt that another model has prepared.")
            }
            return PassRun(pass: pass, index: index, prompt: prompt as? ModelPrompt)
        }
        try PassCheck(card: card).check(pass, promptRows: runs.map { $0.prompt?.prompt.rows ?? 0 }.max() ?? 0)
        try family.check(pass)
        var result = PassResult()
        for group in RunGroup.groups(of: runs, by: family, in: workspace) {
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
