public import SondeSDK

/// What is to be found out about rows.
public struct ScoreRequest: Sendable {
    /// The file of the rows, for messages.
    public var file: String
    /// The rows.
    public var rows: [ScoreRow]
    /// What stands before each text.
    public var prompt: SoftPrompt?
    /// How a candidate's score is made from the log-probabilities of its tokens.
    public var scoring: Pass.Scoring
    /// Which loss is wanted of each row.
    public var loss: Pass.Loss?
    /// Where d loss / d prompt of every row goes.
    public var gradientFile: String?
    /// Activations to write.
    public var taps: [TapRequest]
    /// Activations to change.
    public var edits: [EditRequest]
    /// How many tokens each text is continued by at most; none unless given.
    public var generationLimit: Int?

    /// A request.
    /// - Throws: ``HostError`` where parts of it do not go together.
    public init(
        file: String, rows: [ScoreRow], prompt: SoftPrompt? = nil,
        scoring: Pass.Scoring = .sequence, loss: Pass.Loss? = nil, gradientFile: String? = nil,
        taps: [TapRequest] = [], edits: [EditRequest] = [],
        generationLimit: Int? = nil
    ) throws {
        self.file = file
        self.rows = rows
        self.prompt = prompt
        self.scoring = scoring
        self.loss = loss
        self.gradientFile = gradientFile
        self.taps = taps
        self.edits = edits
        self.generationLimit = generationLimit
        try checkParts()
    }

    /// Checks that the parts go together.
    func checkParts() throws {
        if gradientFile != nil, prompt == nil || loss == nil {
            throw HostError.usage("--gradient is that of a loss for a prompt: it needs --loss and --prompt.")
        }
        let needsPrompt = prompt == nil && (taps.map(\.positions) + edits.map(\.positions)).contains(.prompt)
        if needsPrompt { throw HostError.usage("The positions 'prompt' need a --prompt.") }
        if edits.contains(where: { $0.positions == .text }), rows.allSatisfy(\.text.isEmpty) {
            throw HostError.data("\(file): an edit changes text positions and every text is empty.")
        }
        var files: Set<String> = []
        for file in taps.map(\.file) + [gradientFile].compactMap(\.self) where !files.insert(file).inserted {
            throw HostError.usage("Two results would be written to \(file).")
        }
    }

    /// What the model must be able to do.
    var needs: [Capability] {
        var needs: [Capability] = []
        if gradientFile != nil { needs.append(.gradient) }
        if !taps.isEmpty || edits.contains(where: { $0.mode == .mean }) { needs.append(.taps) }
        if !edits.isEmpty { needs.append(.edits) }
        if generationLimit != nil { needs.append(.generation) }
        return needs
    }

    /// Whether each row goes alone: what is wanted of it could not be told apart in a batch.
    var needsSingleRows: Bool { gradientFile != nil || !taps.isEmpty || !edits.isEmpty }
}
