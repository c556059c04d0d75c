/// A matrix product that has to be computed, and how much of it is useful.
public struct MatrixProduct: Sendable, Hashable {
    /// Rows of the result.
    public var rows: Int
    /// Columns of the result.
    public var columns: Int
    /// The length of the sums.
    public var depth: Int
    /// Whether the left operand lies in memory as `[depth × rows]`.
    public var isLeftTransposed = false
    /// Whether the right operand lies in memory as `[columns × depth]`, as a weight does on the way there.
    public var isRightTransposed = false
    /// Floating-point operations that are useful, a multiplication and an addition for each term: those of causal
    /// attention are about half of what the rectangle has.
    public var usefulOperations: Double

    /// A product of which everything is useful.
    public init(
        rows: Int, columns: Int, depth: Int, isLeftTransposed: Bool = false, isRightTransposed: Bool = false
    ) {
        self.rows = rows
        self.columns = columns
        self.depth = depth
        self.isLeftTransposed = isLeftTransposed
        self.isRightTransposed = isRightTransposed
        usefulOperations = 2 * Double(rows) * Double(columns) * Double(depth)
    }

    /// Whether there is nothing to compute.
    var isEmpty: Bool { rows * columns * depth == 0 }
}

/// Products that belong together: they are arranged on the threads together.
public enum ProductGroup: Sendable, Hashable {
    /// Activations `[rows × depth]` times a weight that is read from memory.
    case weight(MatrixProduct)
    /// Small products of activations, the same in each of some heads, which are computed side by side.
    case heads(count: Int, [MatrixProduct])
    /// The logits of all tokens (`columns`) after some rows, and where a gradient is wanted the sum of the tokens'
    /// embeddings weighted by them: a tile of tokens at a time, so that its weights come from memory once.
    case vocabulary(logits: MatrixProduct, hasWayBack: Bool)

    /// Useful floating-point operations.
    public var usefulOperations: Double {
        switch self {
        case .weight(let product): product.usefulOperations
        case .heads(let count, let products):
            Double(count) * products.map(\.usefulOperations).reduce(0, +)
        case .vocabulary(let logits, let hasWayBack): logits.usefulOperations * (hasWayBack ? 2 : 1)
        }
    }

    /// Whether there is nothing to compute.
    var isEmpty: Bool {
        switch self {
        case .weight(let product), .vocabulary(let product, _): product.isEmpty
        case .heads(let count, let products): count == 0 || products.isEmpty
        }
    }
}

extension MatrixProduct: CustomStringConvertible {
    /// Rows of the result, its columns, and the length of the sums; a transposed operand is marked.
    public var description: String {
        "\(rows)\(isLeftTransposed ? "ᵀ" : "") × \(columns)\(isRightTransposed ? "ᵀ" : "") × \(depth)"
    }
}

extension ProductGroup: CustomStringConvertible {
    /// The products and what they are with.
    public var description: String {
        switch self {
        case .weight(let product): "weight \(product)"
        case .heads(let count, let products): "\(count) heads, \(products.count) products each"
        case .vocabulary(let logits, let hasWayBack): "vocabulary \(logits)\(hasWayBack ? " and back" : "")"
        }
    }
}
