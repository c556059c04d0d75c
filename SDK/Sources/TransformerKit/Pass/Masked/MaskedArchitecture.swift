/// A model that sees both ways and fills in a mask, as far as its plugin has to say it.
public protocol MaskedArchitecture: Architecture {
    /// How many layers it has.
    var layerCount: Int { get }
    /// Hidden states of the rows that are still at hand after the last layer.
    /// - Parameters:
    ///   - input: word embeddings and rows of the prompt, `[rows × width]`.
    ///   - positions: the position of each row, counted from 0; -1 for rows without a position embedding.
    func hiddenStates(of input: Value, positions: [Int32], in pass: ForwardPass) throws -> Value
}
