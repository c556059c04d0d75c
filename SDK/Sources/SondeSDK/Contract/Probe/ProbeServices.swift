public import SondeJSON

/// What the host does for a probe while it measures or concludes; names are those of the study.
public protocol ProbeServices: AnyObject {
    /// A model that the unit named.
    func model(_ name: String) throws -> any Model
    /// A tuned prompt that the unit named.
    func prompt(_ name: String) throws -> TunedPrompt
    /// The prompt as it was before its first step, `[rows × width]`.
    func initialPrompt(_ name: String) throws -> DenseTensor
    /// A measurement that the unit named (in `conclude`: any of this probe's); `nil` is this probe.
    func measurement(of unit: String, by probe: String?) throws -> JSONValue
    /// A tensor of such a measurement.
    func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor
    /// Rows of a task, rendered by its template and encoded by the model.
    ///
    /// A text that is too long is shortened so that a prompt of `promptRows` fits beside it.
    func rows(task: String, split: String, model: String, promptRows: Int, _ range: Range<Int>) throws -> Rows
    /// The key of a stream of random numbers, named within the unit.
    func randomKey(_ name: String) -> UInt64
}

extension ProbeServices {
    /// A measurement of this probe's own.
    public func measurement(of unit: String) throws -> JSONValue { try measurement(of: unit, by: nil) }

    /// A tensor of one of this probe's own measurements.
    public func tensor(_ name: String, of unit: String) throws -> DenseTensor {
        try tensor(name, of: unit, by: nil)
    }
}

/// A tuned prompt with its history.
public struct TunedPrompt: Sendable {
    /// The values, `[rows × width]`.
    public var values: DenseTensor
    /// Where it comes from.
    public var facts: PromptFacts

    /// A tuned prompt.
    public init(values: DenseTensor, facts: PromptFacts) {
        self.values = values
        self.facts = facts
    }

    /// The prompt as a model takes it.
    public var softPrompt: SoftPrompt {
        SoftPrompt(
            values: values.values, rows: values.shape[0], width: values.shape[1], placement: facts.placement,
            liveRows: facts.liveRows)
    }
}

/// Where a tuned prompt comes from.
public struct PromptFacts: Sendable, Codable, Hashable {
    /// The model's name in the study.
    public var model: String
    /// The task's name in the study.
    public var task: String
    /// The seed.
    public var seed: Int
    /// Where the prompt goes in a sequence.
    public var placement: String
    /// Which rows the model reads.
    public var liveRows: [Bool]
    /// How its first values were made: `text`, `vocabulary` or `noise`.
    public var initialisation: String
    /// The text that it began as, where it began as one.
    public var initialText: String?
    /// The token that each row began as, where it began as one.
    public var initialTokens: [Int32]?

    /// Facts.
    public init(
        model: String, task: String, seed: Int, placement: String, liveRows: [Bool], initialisation: String,
        initialText: String? = nil, initialTokens: [Int32]? = nil
    ) {
        self.model = model
        self.task = task
        self.seed = seed
        self.placement = placement
        self.liveRows = liveRows
        self.initialisation = initialisation
        self.initialText = initialText
        self.initialTokens = initialTokens
    }

    private enum CodingKeys: String, CodingKey {
        case model, task, seed, placement, initialisation
        case liveRows = "live_rows"
        case initialText = "initial_text"
        case initialTokens = "initial_tokens"
    }
}
