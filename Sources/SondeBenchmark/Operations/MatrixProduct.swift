/// Equal matrix products that have to be computed, and how much of them is useful.
public struct MatrixProduct: Sendable, Hashable {
    /// What the right-hand side is.
    public enum Operand: Sendable, Hashable {
        /// A weight `[columns × depth]`, read from memory.
        case weight
        /// An activation, small enough for a cache.
        case activation
    }

    /// Rows of the result.
    public var rows: Int
    /// Columns of the result.
    public var columns: Int
    /// The length of the sums.
    public var depth: Int
    /// How many such products there are.
    public var count: Int
    /// What the right-hand side is.
    public var operand: Operand
    /// Floating-point operations that are useful, a multiplication and an addition for each term: those of causal
    /// attention are about half of what the rectangle has.
    public var usefulOperations: Double

    /// The product of activations `[rows × input]` with a weight `[output × input]`, of which everything is useful.
    static func weight(rows: Int, input: Int, output: Int) -> MatrixProduct {
        MatrixProduct(
            rows: rows, columns: output, depth: input, count: 1, operand: .weight,
            usefulOperations: 2 * Double(rows) * Double(output) * Double(input))
    }

    /// Operations of all products when they are computed whole.
    var wholeOperations: Double { 2 * Double(rows) * Double(columns) * Double(depth) * Double(count) }
}
