/// One pass over a batch: what to run and what to bring back.
///
/// Each prompt is one run over all rows; with no prompts there is one run without any. Only what is asked for is
/// computed.
public struct Pass {
    /// How a candidate's score is made from the log-probabilities of its tokens.
    public enum Scoring: UInt32, Sendable {
        /// Their sum.
        case sequence = 1
        /// Their mean.
        case mean
        /// The first token's alone.
        case firstToken
    }

    /// What is minimised.
    public enum Loss: UInt32, Sendable {
        /// Cross-entropy over the row's candidate scores; counts rows.
        case choice = 1
        /// Negative log-probability of the label candidate's tokens; counts tokens.
        case language
    }

    /// Free decoding.
    public struct Generation: Sendable {
        /// New tokens at most.
        public var limit: Int
        /// Decoding ends after one of these; `nil` for the model's end token.
        public var stopIDs: [Int32]?

        /// Decoding of up to `limit` tokens.
        public init(limit: Int, stopIDs: [Int32]? = nil) {
            self.limit = limit
            self.stopIDs = stopIDs
        }
    }

    /// The batch.
    public var rows: Rows
    /// One run each; `nil` is a run without a prompt.
    public var prompts: [(any PreparedPrompt)?]
    /// How candidates are scored; `nil` for no scores.
    public var scoring: Scoring?
    /// What is minimised; `nil` for no loss.
    public var loss: Loss?
    /// Whether d loss / d prompt is wanted.
    public var wantsPromptGradient: Bool
    /// Whether d loss / d weights is wanted.
    public var wantsWeightGradient: Bool
    /// The stream that dropout draws from; `nil` outside training.
    public var dropoutStream: UInt64?
    /// Free decoding; `nil` for none.
    public var generation: Generation?
    /// Activations to read.
    public var taps: [Tap]
    /// Activations to change.
    public var edits: [Edit]
    /// Whether the layout of each row is wanted.
    public var wantsLayouts: Bool

    /// A pass that scores candidates, unless told otherwise.
    public init(
        rows: Rows, prompts: [(any PreparedPrompt)?] = [], scoring: Scoring? = .sequence, loss: Loss? = nil,
        wantsPromptGradient: Bool = false, wantsWeightGradient: Bool = false, dropoutStream: UInt64? = nil,
        generation: Generation? = nil, taps: [Tap] = [], edits: [Edit] = [], wantsLayouts: Bool = false
    ) {
        self.rows = rows
        self.prompts = prompts
        self.scoring = scoring
        self.loss = loss
        self.wantsPromptGradient = wantsPromptGradient
        self.wantsWeightGradient = wantsWeightGradient
        self.dropoutStream = dropoutStream
        self.generation = generation
        self.taps = taps
        self.edits = edits
        self.wantsLayouts = wantsLayouts
    }

    /// How many runs there are.
    public var runs: Int { max(1, prompts.count) }
}

/// What a pass brings back; what was not asked for is empty.
public struct PassResult: Sendable {
    /// Candidate scores, `[runs][candidates]`, by the pass's scoring.
    public var candidateScores: [[Double]] = []
    /// The loss of each row, `[runs][rows]`; for the language loss the mean over its target tokens.
    public var rowLosses: [[Double]] = []
    /// The loss summed over rows (choice) or target tokens (language), `[runs]`.
    public var lossSums: [Double] = []
    /// How many rows or target tokens were summed, `[runs]`.
    public var lossCounts: [Int] = []
    /// d loss sum / d prompt, `[runs][rows × width]`; empty for a run without a prompt.
    public var promptGradients: [[Float]] = []
    /// What each edit did, summed over the runs.
    public var receipts: [EditReceipt] = []
    /// Where the parts of each row stood, `[runs][rows]`.
    public var layouts: [[RowLayout]] = []
    /// What was decoded, one item a row, `[runs]`.
    public var generated: [Ragged<Int32>] = []

    /// Nothing yet.
    public init() {}
}

/// Where the parts of a row stand in its sequence (of the encoder, where there is one).
public struct RowLayout: Sendable, Hashable {
    /// Positions of the soft prompt.
    public var prompt: Range<Int>
    /// Positions of the text.
    public var text: Range<Int>
    /// The position whose logits score a candidate's first token (in the decoder, where there is one).
    public var answer: Int

    /// A layout.
    public init(prompt: Range<Int>, text: Range<Int>, answer: Int) {
        self.prompt = prompt
        self.text = text
        self.answer = answer
    }
}
