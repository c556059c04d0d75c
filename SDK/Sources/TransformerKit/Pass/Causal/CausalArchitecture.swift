/// A left-to-right language model, as far as its plugin has to say it.
public protocol CausalArchitecture: Architecture {
    /// How many layers it has.
    var layerCount: Int { get }
    /// Width of the keys of a layer: heads times head width.
    var keyWidth: Int { get }
    /// Hidden states of the rows that are still at hand after the last layer.
    /// - Parameter input: embeddings of all rows of the batch, `[rows × width]`.
    func hiddenStates(of input: Value, in pass: ForwardPass) throws -> Value
}
