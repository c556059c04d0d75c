/// What attention in a layer looks like, apart from its rows.
public struct AttentionShape {
    /// Which tokens of its own segment a token sees.
    public enum Direction: Sendable {
        /// Those up to itself.
        case causal
        /// All.
        case bidirectional
    }

    /// The number of heads.
    public var headCount: Int
    /// The width of a query, a key or a value of one head.
    public var headWidth: Int
    /// The factor of the product of query and key.
    public var scale: Float
    /// What the distance adds.
    public var bias: PositionBias
    /// Which tokens of its own segment a token sees.
    public var direction: Direction

    /// Describes attention; the factor is 1 / √headWidth unless given.
    public init(
        headCount: Int, headWidth: Int, scale: Float? = nil, bias: PositionBias = .none,
        direction: Direction = .causal
    ) {
        self.headCount = headCount
        self.headWidth = headWidth
        self.scale = scale ?? 1 / Float(headWidth).squareRoot()
        self.bias = bias
        self.direction = direction
    }
}

/// Where the queries, keys or values of every head are among the columns of a value.
public struct Projection {
    /// `[rows × columns]`.
    let value: Value
    /// The first column of head 0.
    let firstColumn: Int
    /// Columns from a head to the next.
    let headStride: Int

    /// Describes where heads are; nothing is copied.
    public init(_ value: Value, firstColumn: Int = 0, headStride: Int) {
        self.value = value
        self.firstColumn = firstColumn
        self.headStride = headStride
    }

    /// The columns of one head.
    func columns(head: Int, width: Int) -> Range<Int> {
        let start = firstColumn + head * headStride
        return start..<start + width
    }

    /// The matrix of one head, `[rows × headWidth]`, of the value or of its gradient.
    func block(of tensor: Tensor, head: Int, width: Int) -> Block {
        tensor.block[0..<tensor.rows, columns(head: head, width: width)]
    }
}

/// Queries, keys and values of all heads.
public struct Projections {
    let query: Projection
    let key: Projection
    let value: Projection

    /// Three values `[rows × heads · headWidth]`, each with its heads side by side.
    public init(query: Value, key: Value, value: Value, headWidth: Int) {
        self.query = Projection(query, headStride: headWidth)
        self.key = Projection(key, headStride: headWidth)
        self.value = Projection(value, headStride: headWidth)
    }

    /// One value `[rows × heads · 3 · headWidth]`: for each head its query, its key and its value, as in BLOOM.
    public init(interleavedByHead fused: Value, headWidth: Int) {
        query = Projection(fused, firstColumn: 0, headStride: 3 * headWidth)
        key = Projection(fused, firstColumn: headWidth, headStride: 3 * headWidth)
        value = Projection(fused, firstColumn: 2 * headWidth, headStride: 3 * headWidth)
    }
}
