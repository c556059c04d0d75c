public import SondeSDK

/// The lengths in a batch, as far as they decide how much has to be computed: every token and every common beginning
/// once.
public struct BatchShape: Sendable, Hashable {
    /// A sequence of the batch without its prompt.
    struct Sequence: Sendable, Hashable {
        /// Tokens of the text.
        var text: Int
        /// How many tokens of the text and candidates precede each scored position, itself included: the text's
        /// last token and the candidates' distinct beginnings.
        var scoredDepths: [Int]

        /// Rows of a packed batch: the last token of a candidate is scored but never read.
        var rows: Int { text + scoredDepths.count - 1 }
    }

    /// Rows of the soft prompt.
    public let promptRows: Int
    /// Whether the prompt's keys and values are known from an earlier pass; matters where it is read left to right only.
    public let isPromptKnown: Bool
    let sequences: [Sequence]

    /// The shape of a batch whose texts follow a prompt.
    /// - Parameters:
    ///   - scoresLabelsOnly: whether only the right candidates are scored, as the language loss does.
    ///   - runs: how many known prompts the texts follow, each text once after each.
    public init(
        _ batch: Rows, promptRows: Int, isPromptKnown: Bool, scoresLabelsOnly: Bool, runs: Int = 1
    ) {
        precondition(runs == 1 || isPromptKnown, "several prompts that are not known")
        self.promptRows = promptRows
        self.isPromptKnown = isPromptKnown
        let run = (0..<batch.count).map { row in
            let range = batch.candidateRange(of: row)
            let label = Int(batch.labels[row])
            let scored = scoresLabelsOnly ? range.lowerBound + label..<range.lowerBound + label + 1 : range
            let text = batch.texts.count(of: row)
            var beginnings: Set<ArraySlice<Int32>> = []
            for candidate in scored {
                let tokens = batch.candidates[candidate]
                for length in 0..<tokens.count { beginnings.insert(tokens.prefix(length)) }
            }
            return Sequence(text: text, scoredDepths: beginnings.map { text + $0.count }.sorted())
        }
        sequences = (0..<runs).flatMap { _ in run }
    }

    /// Rows of the prompt that this pass computes.
    public var computedPromptRows: Int { isPromptKnown ? 0 : promptRows }
    /// Rows of the packed batch.
    public var rows: Int { computedPromptRows + sequences.map(\.rows).reduce(0, +) }
    /// Rows whose next token's probability is wanted.
    public var scoredRows: Int { sequences.map(\.scoredDepths.count).reduce(0, +) }
}
