/// A soft prompt: a matrix of embeddings that stands before (or within) a text.
public struct SoftPrompt: Sendable, Hashable {
    /// The values, `[rows × width]`, row-major.
    public var values: [Float]
    /// How many rows there are.
    public var rows: Int
    /// Values of a row.
    public var width: Int
    /// Where it goes: one of the card's placements; `nil` for the first of them.
    public var placement: String?
    /// Which rows the model reads; `nil` to let the model decide.
    public var liveRows: [Bool]?

    /// A prompt of `rows × width` values.
    public init(values: [Float], rows: Int, width: Int, placement: String? = nil, liveRows: [Bool]? = nil) {
        precondition(values.count == rows * width)
        self.values = values
        self.rows = rows
        self.width = width
        self.placement = placement
        self.liveRows = liveRows
    }
}
