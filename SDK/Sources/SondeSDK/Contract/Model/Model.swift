/// A frozen language model: its text, its embeddings, and passes over batches with soft prompts.
///
/// One instance is entered by one thread at a time.
public protocol Model: AnyObject {
    /// What the model is.
    var card: ModelCard { get throws }
    /// The ids of each text, with the special tokens that its role calls for.
    func encode(_ texts: [String], as role: TextRole) throws -> Ragged<Int32>
    /// The text of ids, special tokens left out.
    func decode(_ ids: [Int32]) throws -> String
    /// One token as people should see it, or `nil` for an id that the tokenizer does not have.
    func text(ofToken id: Int32) throws -> String?
    /// Some rows of the input embedding table, `[rows × width]`, read in place where possible.
    ///
    /// The view is valid until the next call of this function.
    func embeddings(_ rows: Range<Int>) throws -> MatrixView
    /// Prepares a soft prompt.
    /// - Throws: ``SondeError`` for another width, too many rows, or an unknown placement.
    func prepare(_ prompt: SoftPrompt) throws -> any PreparedPrompt
    /// Runs a batch.
    func run(_ pass: Pass) throws -> PassResult

    /// Switches gradients of the weights on or off; only with the capability ``Capability/weights``.
    func trainWeights(_ isOn: Bool) throws
    /// Calls `body` with each trainable tensor.
    func withWeights(_ body: (TrainableWeight) throws -> Void) throws
    /// Drops what was computed from weights that have been changed since.
    func weightsChanged() throws
}

extension Model {
    /// Refuses: this model cannot be tuned itself.
    public func trainWeights(_ isOn: Bool) throws { throw Self.weightsUnsupported }
    /// Refuses: this model cannot be tuned itself.
    public func withWeights(_ body: (TrainableWeight) throws -> Void) throws { throw Self.weightsUnsupported }
    /// Refuses: this model cannot be tuned itself.
    public func weightsChanged() throws { throw Self.weightsUnsupported }

    private static var weightsUnsupported: SondeError {
        .unsupported("This model's weights cannot be tuned; only soft prompts can.")
    }
}

/// A soft prompt that its model has prepared; what can be computed once is kept with it.
public protocol PreparedPrompt: AnyObject {
    /// Whether the model reads each row.
    var liveRows: [Bool] { get throws }
    /// Replaces the values, `[rows × width]` of the same shape.
    func update(_ values: [Float]) throws
}

/// What is known of a model backend before it is created.
public struct ModelDescriptor: Sendable {
    /// Unique among models; never changes.
    public var id: String
    /// One line.
    public var summary: String
    /// The `model_type`s of config.json that it serves.
    public var modelTypes: [String]
    /// What its models can do.
    public var capabilities: [Capability]
    /// Its options.
    public var options: OptionSchema

    /// A backend's description.
    public init(
        id: String, summary: String, modelTypes: [String], capabilities: [Capability],
        options: [OptionDeclaration] = []
    ) {
        self.id = id
        self.summary = summary
        self.modelTypes = modelTypes
        self.capabilities = capabilities
        self.options = OptionSchema(options)
    }
}

/// What a model can do beyond scoring.
public enum Capability: String, Sendable, Codable, CaseIterable {
    /// Gradients with respect to the prompt.
    case gradient
    /// Reading activations.
    case taps
    /// Changing activations.
    case edits
    /// Free decoding.
    case generation
    /// Gradients with respect to the weights.
    case weights
}

/// What a text is to become; the raw values are those of `sonde_text_role`.
public enum TextRole: UInt32, Sendable, CaseIterable {
    /// Nothing is added.
    case plain = 0
    /// The text of a row.
    case text
    /// A continuation to be scored.
    case candidate
    /// A candidate to be learned: ends with the end token if the model can say one.
    case target
}

/// A tensor of a model that is being tuned.
public struct TrainableWeight {
    /// Its name in the checkpoint.
    public let name: String
    /// Its shape.
    public let shape: [Int]
    /// The values, updated in place.
    public let values: MutableVectorView
    /// d loss / d values, or `nil` while training is off.
    public let gradient: MutableVectorView?

    /// A tensor by name.
    public init(name: String, shape: [Int], values: MutableVectorView, gradient: MutableVectorView?) {
        self.name = name
        self.shape = shape
        self.values = values
        self.gradient = gradient
    }
}
