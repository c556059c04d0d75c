/// A model whose encoder reads a text and whose decoder answers, as far as its plugin has to say it.
public protocol EncoderDecoderArchitecture: Architecture {
    /// Layers of the encoder.
    var encoderLayerCount: Int { get }
    /// Layers of the decoder.
    var decoderLayerCount: Int { get }
    /// Width of the keys of a layer: heads times head width.
    var keyWidth: Int { get }
    /// The token that the decoder begins with.
    var startToken: Int32 { get }
    /// What the encoder makes of its input, `[rows × width]`.
    func encoded(_ input: Value, in pass: ForwardPass) throws -> Value
    /// Hidden states of the decoder's rows that are still at hand after its last layer.
    /// - Parameters:
    ///   - input: embeddings of the decoder's tokens, `[rows × width]`.
    ///   - encoded: what the encoder made, which the pass's cross forest refers to; `nil` where all its keys and values
    ///     are cached.
    func decoded(_ input: Value, reading encoded: Value?, in pass: ForwardPass) throws -> Value
}
