import SondeSDK
import TransformerKit

/// Attention with its norm, as a residual branch.
struct T5Attention {
    let norm: Parameter
    let query: Parameter
    let key: Parameter
    let value: Parameter
    let output: Parameter

    init(_ parameters: ParameterSet, norm: String, projections: String) throws {
        self.norm = try parameters["\(norm).weight"]
        query = try parameters["\(projections).q.weight"]
        key = try parameters["\(projections).k.weight"]
        value = try parameters["\(projections).v.weight"]
        output = try parameters["\(projections).o.weight"]
    }
}

/// The feed-forward layer with its norm, as a residual branch.
struct T5FeedForward {
    let norm: Parameter
    /// What goes through the non-linearity.
    let expand: Parameter
    /// What it is multiplied with, in gated layers.
    let gate: Parameter?
    let contract: Parameter

    init(_ parameters: ParameterSet, _ layer: String, _ activation: T5Configuration.Activation) throws {
        norm = try parameters["\(layer).layer_norm.weight"]
        let isGated = activation == .gatedGELU
        expand = try parameters["\(layer).DenseReluDense.\(isGated ? "wi_0" : "wi").weight"]
        gate = isGated ? try parameters["\(layer).DenseReluDense.wi_1.weight"] : nil
        contract = try parameters["\(layer).DenseReluDense.wo.weight"]
    }
}

/// A block of either stack.
struct T5Block {
    let attention: T5Attention
    /// Attention to the encoder, in a decoder.
    let crossAttention: T5Attention?
    let feedForward: T5FeedForward
}

/// A stack of blocks with the position biases that all of them share.
struct T5Stack {
    let blocks: [T5Block]
    let finalNorm: Parameter
    let shape: AttentionShape

    init(_ name: String, _ configuration: T5Configuration, _ parameters: ParameterSet) throws {
        let isDecoder = name == LanguageModel.decoderStack
        blocks = try (0..<(isDecoder ? configuration.decoderLayers : configuration.encoderLayers)).map {
            let layer = "\(name).block.\($0).layer"
            return T5Block(
                attention: try T5Attention(
                    parameters, norm: "\(layer).0.layer_norm", projections: "\(layer).0.SelfAttention"),
                crossAttention: isDecoder
                    ? try T5Attention(
                        parameters, norm: "\(layer).1.layer_norm", projections: "\(layer).1.EncDecAttention")
                    : nil,
                feedForward: try T5FeedForward(
                    parameters, "\(layer).\(isDecoder ? 2 : 1)", configuration.activation))
        }
        finalNorm = try parameters["\(name).final_layer_norm.weight"]
        let table = try parameters["\(name).block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
        shape = AttentionShape(
            headCount: configuration.heads, headWidth: configuration.headWidth, scale: 1,
            bias: .buckets(
                RelativeBuckets(
                    table: table, isBidirectional: !isDecoder,
                    longestDistance: configuration.longestDistance)),
            direction: isDecoder ? .causal : .bidirectional)
    }
}
