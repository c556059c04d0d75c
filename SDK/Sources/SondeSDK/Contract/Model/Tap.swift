/// A place in a layer where activations can be read and changed.
public enum Site: String, Sendable, Codable, CaseIterable {
    /// What enters the first layer (layer 0 only).
    case embedding
    /// The feed-forward layer after its non-linearity; in gated layers the gate branch.
    case feedForwardActivation = "ffn.activation"
    /// A block's output.
    case residual
    /// What attention adds to the residual stream.
    case attentionOutput = "attention.output"
}

/// Which positions of a row are meant; the raw values are those of `sonde_positions`.
public enum Positions: UInt32, Sendable, CaseIterable, CustomStringConvertible {
    /// The rows of the soft prompt.
    case prompt = 1
    /// The position whose logits score a candidate's first token.
    case answer
    /// All tokens of the text.
    case text
    /// Prompt, text and (for edits) candidates.
    case all

    /// The name as people write it.
    public var description: String {
        switch self {
        case .prompt: "prompt"
        case .answer: "answer"
        case .text: "text"
        case .all: "all"
        }
    }
}

/// A request to read activations while a pass runs.
public struct Tap {
    /// One of the card's stacks.
    public var stack: String
    /// Where in a layer.
    public var site: Site
    /// Which layers; `nil` for all.
    public var layers: [Int]?
    /// Which positions.
    public var positions: Positions
    /// Receives one block for each layer, or several; an error stops the pass.
    public var receive: (ActivationBlock) throws -> Void

    /// A tap.
    public init(
        stack: String, site: Site, layers: [Int]? = nil, positions: Positions,
        receive: @escaping (ActivationBlock) throws -> Void
    ) {
        self.stack = stack
        self.site = site
        self.layers = layers
        self.positions = positions
        self.receive = receive
    }
}

/// Activations of one layer, borrowed for the call that hands them over.
public struct ActivationBlock {
    /// Whose activation one is.
    public enum Owner: Sendable, Hashable {
        /// One row of the pass.
        case row(Int)
        /// The same for every row of the pass, computed once.
        case everyRow
    }

    /// Index of the prompt in the pass.
    public let run: Int
    /// The layer.
    public let layer: Int
    /// The matrix that the activations are rows of.
    public let values: MatrixView
    /// Activation i is row `indices[i]` of ``values``.
    public let indices: [UInt32]
    /// Whose activation it is; `UInt32.max` for every row's.
    public let rows: [UInt32]
    /// Its position in that row's sequence.
    public let positions: [UInt32]

    /// A block.
    public init(
        run: Int, layer: Int, values: MatrixView, indices: [UInt32], rows: [UInt32], positions: [UInt32]
    ) {
        precondition(indices.count == rows.count && rows.count == positions.count)
        self.run = run
        self.layer = layer
        self.values = values
        self.indices = indices
        self.rows = rows
        self.positions = positions
    }

    /// How many activations there are.
    public var count: Int { indices.count }

    /// Whose activation i is.
    public func owner(_ index: Int) -> Owner {
        rows[index] == UInt32.max ? .everyRow : .row(Int(rows[index]))
    }

    /// A copy of activation i.
    public func activation(_ index: Int) -> [Float] { values.row(Int(indices[index])) }
}
