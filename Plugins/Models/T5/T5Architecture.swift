import SondeSDK
import TransformerKit

/// The forward pass of T5.
///
/// Reference: transformers, src/transformers/models/t5/modeling_t5.py; Raffel et al. 2020, arXiv:1910.10683.
final class T5Architecture: EncoderDecoderArchitecture {
    let embeddings: Parameter
    let head: ScoringHead
    private let configuration: T5Configuration
    private let encoder: T5Stack
    private let decoder: T5Stack
    private let crossShape: AttentionShape

    init(_ configuration: T5Configuration, parameters: ParameterSet) throws {
        self.configuration = configuration
        embeddings = try parameters["shared.weight"]
        head = ScoringHead(weight: parameters.optional("lm_head.weight") ?? embeddings)
        encoder = try T5Stack(LanguageModel.encoderStack, configuration, parameters)
        decoder = try T5Stack(LanguageModel.decoderStack, configuration, parameters)
        crossShape = AttentionShape(
            headCount: configuration.heads, headWidth: configuration.headWidth, scale: 1,
            direction: .bidirectional)
    }

    var encoderLayerCount: Int { encoder.blocks.count }
    var decoderLayerCount: Int { decoder.blocks.count }
    var keyWidth: Int { configuration.innerWidth }
    var startToken: Int32 { configuration.startToken }
    var hasDropout: Bool { configuration.dropout > 0 }

    func encoded(_ input: Value, in pass: ForwardPass) throws -> Value {
        try states(of: input, through: encoder, reading: nil, in: pass)
    }

    func decoded(_ input: Value, reading encoded: Value?, in pass: ForwardPass) throws -> Value {
        try states(of: input, through: decoder, reading: encoded, in: pass)
    }

    func headInput(of states: Value, on tape: Tape) -> Value {
        guard configuration.scalesHeadInput else { return states }
        return tape.scale(states, by: 1 / Float(configuration.width).squareRoot())
    }

    private func states(
        of input: Value, through stack: T5Stack, reading encoded: Value?, in pass: ForwardPass
    ) throws -> Value {
        // Places of dropout: four a block, then one before and one after all of them.
        let count = stack.blocks.count
        var hidden = pass.dropped(input, rate: configuration.dropout, at: 4 * count)
        hidden = try pass.at(.embedding, layer: 0, hidden)
        for (index, block) in stack.blocks.enumerated() {
            hidden = try attend(hidden, block, stack.shape, index, in: pass)
            if let cross = block.crossAttention, let forest = pass.crossForest {
                hidden = try attend(hidden, to: encoded, cross, forest, index, in: pass)
            }
            hidden = try feedForward(hidden, block.feedForward, index, in: pass)
            hidden = try pass.at(.residual, layer: index, hidden)
        }
        let normalised = norm(hidden, stack.finalNorm, in: pass)
        return pass.dropped(normalised, rate: configuration.dropout, at: 4 * count + 1)
    }

    private func attend(
        _ hidden: Value, _ block: T5Block, _ shape: AttentionShape, _ index: Int, in pass: ForwardPass
    ) throws -> Value {
        let (tape, attention) = (pass.tape, block.attention)
        let normalised = norm(hidden, attention.norm, in: pass)
        let context = tape.attention(
            Projections(
                query: tape.linear(normalised, weight: attention.query),
                key: tape.linear(normalised, weight: attention.key),
                value: tape.linear(normalised, weight: attention.value), headWidth: configuration.headWidth),
            shape: shape, forest: pass.forest, layer: index,
            dropout: pass.dropout(rate: configuration.dropout))
        return try pass.residual(
            hidden, adding: context, weight: attention.output, bias: nil, at: .attentionOutput, layer: index,
            dropout: configuration.dropout, place: 4 * index)
    }

    /// Attention to the encoder; its keys and values are cached where `encoded` is `nil`.
    private func attend(
        _ hidden: Value, to encoded: Value?, _ attention: T5Attention, _ forest: Forest, _ index: Int,
        in pass: ForwardPass
    ) throws -> Value {
        let tape = pass.tape
        let query = tape.linear(norm(hidden, attention.norm, in: pass), weight: attention.query)
        let context = tape.attention(
            Projections(
                query: query, key: encoded.map { tape.linear($0, weight: attention.key) } ?? query,
                value: encoded.map { tape.linear($0, weight: attention.value) } ?? query,
                headWidth: configuration.headWidth), shape: crossShape, forest: forest, layer: index,
            dropout: pass.dropout(rate: configuration.dropout, isCross: true))
        return try pass.residual(
            hidden, adding: context, weight: attention.output, bias: nil, layer: index,
            dropout: configuration.dropout, place: 4 * index + 1)
    }

    private func feedForward(_ hidden: Value, _ layer: T5FeedForward, _ index: Int, in pass: ForwardPass)
        throws -> Value
    {
        let tape = pass.tape
        let normalised = norm(hidden, layer.norm, in: pass)
        let expanded = tape.linear(normalised, weight: layer.expand)
        var inner = try pass.at(
            .feedForwardActivation, layer: index,
            layer.gate == nil ? tape.relu(expanded) : tape.geluTanh(expanded))
        if let gate = layer.gate { inner = tape.multiply(inner, tape.linear(normalised, weight: gate)) }
        inner = pass.dropped(inner, rate: configuration.dropout, at: 4 * index + 2)
        return try pass.residual(
            hidden, adding: inner, weight: layer.contract, bias: nil, layer: index,
            dropout: configuration.dropout, place: 4 * index + 3)
    }

    private func norm(_ value: Value, _ weight: Parameter, in pass: ForwardPass) -> Value {
        pass.tape.rmsNorm(value, weight: weight, epsilon: configuration.epsilon)
    }
}
