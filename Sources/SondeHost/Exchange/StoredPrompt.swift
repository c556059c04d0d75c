public import SondeSDK

/// A soft prompt with what is known about it, as it lies in an adapter's folder.
public struct StoredPrompt: Sendable, Hashable {
    /// The model that a prompt was tuned for, as far as an adapter's folder tells.
    public struct BaseModel: Sendable, Hashable {
        /// Its name or folder.
        public var name: String?
        /// How it reads and answers.
        public var architecture: ModelCard.Architecture?
        /// How many layers it has.
        public var layers: Int?
        /// How many attention heads a layer has.
        public var attentionHeads: Int?

        /// A model of which some facts may be unknown.
        public init(
            name: String? = nil, architecture: ModelCard.Architecture? = nil, layers: Int? = nil,
            attentionHeads: Int? = nil
        ) {
            self.name = name
            self.architecture = architecture
            self.layers = layers
            self.attentionHeads = attentionHeads
        }

        /// A loaded model; its layers are those of its first stack.
        public init(name: String, card: ModelCard) {
            self.init(name: name, architecture: card.architecture, layers: card.stacks.first?.layers)
        }
    }

    /// The values, `[rows × width]`, finite and at least one.
    public let values: DenseTensor
    /// Where it goes in a sequence; `nil` for the model's default.
    public var placement: String?
    /// Which rows the model reads; `nil` to let the model decide.
    public private(set) var liveRows: [Bool]?
    /// How its first values were made; `nil` where nobody knows.
    public var initialisation: TuningRecipe.Initialisation?
    /// The text that it began as, where it began as one.
    public var initialText: String?
    /// The token that each row began as, where it began as one.
    public private(set) var initialTokens: [Int32]?
    /// The model that it was tuned for.
    public var baseModel: BaseModel
    /// Anything else worth keeping, by name: the task, the seed.
    public var provenance: [String: String]

    /// A prompt with its facts.
    /// - Throws: ``HostError`` for values that are no finite matrix, and for facts about another number of rows.
    public init(
        values: DenseTensor, placement: String? = nil, liveRows: [Bool]? = nil,
        initialisation: TuningRecipe.Initialisation? = nil, initialText: String? = nil,
        initialTokens: [Int32]? = nil, baseModel: BaseModel = BaseModel(), provenance: [String: String] = [:]
    ) throws(HostError) {
        guard values.shape.count == 2, !values.values.isEmpty else {
            throw .data("a prompt is a matrix of rows × width with at least one value, not \(values.shape)")
        }
        if let place = values.values.firstIndex(where: { !$0.isFinite }) {
            throw .data("row \(place / values.shape[1]) of the prompt holds a value that is not finite")
        }
        for (fact, count) in [("live rows", liveRows?.count), ("initial tokens", initialTokens?.count)] {
            if let count, count != values.shape[0] {
                throw .data("there are \(count) \(fact) for a prompt of \(values.shape[0]) rows")
            }
        }
        self.values = values
        self.placement = placement
        self.liveRows = liveRows
        self.initialisation = initialisation
        self.initialText = initialText
        self.initialTokens = initialTokens
        self.baseModel = baseModel
        self.provenance = provenance
    }

    /// A tuned prompt; the names of its model and task in the study, and its seed, are its provenance.
    /// - Throws: ``HostError`` for values that are no finite matrix.
    public init(_ prompt: TunedPrompt, baseModel: BaseModel) throws(HostError) {
        let facts = prompt.facts
        try self.init(
            values: prompt.values, placement: facts.placement, liveRows: facts.liveRows,
            initialisation: TuningRecipe.Initialisation(rawValue: facts.initialisation),
            initialText: facts.initialText, initialTokens: facts.initialTokens, baseModel: baseModel,
            provenance: ["model": facts.model, "task": facts.task, "seed": String(facts.seed)])
    }

    /// The name in ``provenance`` of rows that the source had and the prompt has not.
    static let leftOutKey = "left_out"

    /// Which rows of its source were left out and why; `nil` if none were.
    public var leftOut: String? { provenance[Self.leftOutKey] }

    /// How many rows it has.
    public var rows: Int { values.shape[0] }

    /// Values of a row.
    public var width: Int { values.shape[1] }

    /// The prompt as a model takes it.
    public var softPrompt: SoftPrompt {
        SoftPrompt(
            values: values.values, rows: rows, width: width, placement: placement, liveRows: liveRows)
    }
}
