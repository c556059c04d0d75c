/// A request to change activations of one layer during a pass.
public struct Edit: Sendable {
    /// What becomes of a chosen neuron.
    public enum Mode: Sendable, Hashable {
        /// It is silenced.
        case zero
        /// It takes this value.
        case constant(Float)
        /// It takes its own value, one for each chosen neuron.
        case mean([Float])
        /// This much standard normal noise is added, keyed by stream, row, layer and neuron; the same at all positions.
        case noise(scale: Float, stream: UInt64)
    }

    /// One of the card's stacks.
    public var stack: String
    /// Where in the layer.
    public var site: Site
    /// The layer.
    public var layer: Int
    /// Columns, without repetition; `nil` for all.
    public var neurons: [UInt32]?
    /// Which positions.
    public var positions: Positions
    /// What becomes of them.
    public var mode: Mode

    /// An edit.
    public init(
        stack: String, site: Site, layer: Int, neurons: [UInt32]? = nil, positions: Positions, mode: Mode
    ) {
        self.stack = stack
        self.site = site
        self.layer = layer
        self.neurons = neurons
        self.positions = positions
        self.mode = mode
    }
}

/// What an edit did.
///
/// None visited is an error of the pass; none changed is for the caller to warn about.
public struct EditReceipt: Sendable, Codable, Hashable {
    /// Activations at which the edit applied; a shared one counts once.
    public var visited: Int
    /// Of these, how many have another value now.
    public var changed: Int
    /// The sum of the changes' magnitudes.
    public var absoluteChange: Double

    /// A receipt.
    public init(visited: Int = 0, changed: Int = 0, absoluteChange: Double = 0) {
        self.visited = visited
        self.changed = changed
        self.absoluteChange = absoluteChange
    }

    /// Both receipts together.
    public static func + (left: EditReceipt, right: EditReceipt) -> EditReceipt {
        EditReceipt(
            visited: left.visited + right.visited, changed: left.changed + right.changed,
            absoluteChange: left.absoluteChange + right.absoluteChange)
    }

    private enum CodingKeys: String, CodingKey {
        case visited, changed
        case absoluteChange = "absolute_change"
    }
}
