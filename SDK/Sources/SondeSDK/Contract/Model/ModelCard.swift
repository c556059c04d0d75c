/// What a loaded model is.
public struct ModelCard: Sendable, Codable, Hashable {
    /// How a model reads and answers.
    public enum Architecture: String, Sendable, Codable, CaseIterable {
        /// Left to right; the answer continues the text.
        case causal
        /// Both ways; the answer stands at the mask.
        case masked
        /// An encoder reads, a decoder answers.
        case seq2seq
    }

    /// A stack of layers.
    public struct Stack: Sendable, Codable, Hashable {
        /// `decoder` or `encoder`.
        public var name: String
        /// How many layers it has.
        public var layers: Int
        /// How many feed-forward neurons a layer has.
        public var feedForwardWidth: Int

        /// A stack.
        public init(name: String, layers: Int, feedForwardWidth: Int) {
            self.name = name
            self.layers = layers
            self.feedForwardWidth = feedForwardWidth
        }

        private enum CodingKeys: String, CodingKey {
            case name, layers
            case feedForwardWidth = "feed_forward_width"
        }
    }

    /// How it reads and answers.
    public var architecture: Architecture
    /// `model_type` of config.json.
    public var modelType: String
    /// Its stacks.
    public var stacks: [Stack]
    /// Width of the hidden states and of a prompt's rows.
    public var width: Int
    /// Rows of the embedding table.
    public var vocabulary: Int
    /// Ids from this one on are unknown to the tokenizer; below it some may be, too.
    public var tokenCount: Int
    /// Most positions of a sequence, prompt included; `nil` for no limit.
    public var maximumLength: Int?
    /// How many parameters it has.
    public var parameters: Int
    /// Changes when a weight does.
    public var digest: String
    /// What it can do.
    public var capabilities: [Capability]
    /// Where a prompt may go; the first is the default.
    public var placements: [String]
    /// Ids of special tokens by role: `begin`, `end`, `padding`, `unknown`, `mask`.
    public var specialTokens: [String: Int]
    /// Anything that a reader of the numbers should know, such as which branch of a gated layer is read.
    public var notes: [String: String]

    /// A card.
    public init(
        architecture: Architecture, modelType: String, stacks: [Stack], width: Int, vocabulary: Int,
        tokenCount: Int,
        maximumLength: Int?, parameters: Int, digest: String, capabilities: [Capability],
        placements: [String],
        specialTokens: [String: Int], notes: [String: String] = [:]
    ) {
        self.architecture = architecture
        self.modelType = modelType
        self.stacks = stacks
        self.width = width
        self.vocabulary = vocabulary
        self.tokenCount = tokenCount
        self.maximumLength = maximumLength
        self.parameters = parameters
        self.digest = digest
        self.capabilities = capabilities
        self.placements = placements
        self.specialTokens = specialTokens
        self.notes = notes
    }

    private enum CodingKeys: String, CodingKey {
        case architecture, stacks, width, vocabulary, parameters, digest, capabilities, placements, notes
        case modelType = "model_type"
        case tokenCount = "token_count"
        case maximumLength = "maximum_length"
        case specialTokens = "special_tokens"
    }
}
