import SondeSDK
import TransformerKit

/// The forward pass of RoBERTa.
///
/// Reference: transformers, src/transformers/models/roberta/modeling_roberta.py; Liu et al. 2019, arXiv:1907.11692.
final class RobertaEncoder: MaskedArchitecture {
    /// A layer norm or a linear layer.
    private struct Affine {
        let weight: Parameter
        let bias: Parameter
    }

    private struct Layer {
        let query: Affine
        let key: Affine
        let value: Affine
        let dense: Affine
        let attentionNorm: Affine
        let expand: Affine
        let contract: Affine
        let outputNorm: Affine
    }

    let embeddings: Parameter
    let head: ScoringHead
    private let configuration: RobertaConfiguration
    private let positionEmbeddings: Parameter
    private let tokenTypes: Parameter
    private let embeddingNorm: Affine
    private let layers: [Layer]
    private let headDense: Affine
    private let headNorm: Affine
    private let shape: AttentionShape

    init(_ configuration: RobertaConfiguration, parameters: ParameterSet) throws {
        func affine(_ name: String) throws -> Affine {
            Affine(weight: try parameters[name + ".weight"], bias: try parameters[name + ".bias"])
        }
        self.configuration = configuration
        embeddings = try parameters["embeddings.word_embeddings.weight"]
        positionEmbeddings = try parameters["embeddings.position_embeddings.weight"]
        tokenTypes = try parameters["embeddings.token_type_embeddings.weight"]
        embeddingNorm = try affine("embeddings.LayerNorm")
        head = ScoringHead(
            weight: parameters.optional("lm_head.decoder.weight") ?? embeddings,
            bias: try parameters["lm_head.bias"])
        headDense = try affine("lm_head.dense")
        headNorm = try affine("lm_head.layer_norm")
        layers = try (0..<configuration.layers).map { layer in
            let name = "encoder.layer.\(layer)"
            return Layer(
                query: try affine("\(name).attention.self.query"),
                key: try affine("\(name).attention.self.key"),
                value: try affine("\(name).attention.self.value"),
                dense: try affine("\(name).attention.output.dense"),
                attentionNorm: try affine("\(name).attention.output.LayerNorm"),
                expand: try affine("\(name).intermediate.dense"),
                contract: try affine("\(name).output.dense"),
                outputNorm: try affine("\(name).output.LayerNorm"))
        }
        shape = AttentionShape(
            headCount: configuration.heads, headWidth: configuration.headWidth, direction: .bidirectional)
    }

    var layerCount: Int { layers.count }
    var hasDropout: Bool { configuration.hiddenDropout > 0 || configuration.attentionDropout > 0 }

    func hiddenStates(of input: Value, positions: [Int32], in pass: ForwardPass) throws -> Value {
        let tape = pass.tape
        let rows = positions.map { $0 < 0 ? -1 : $0 + Int32(configuration.firstPosition) }
        let placed = tape.add(input, tape.embed(rows, table: positionEmbeddings))
        let typed = tape.add(
            placed, tape.embed(Array(repeating: 0, count: input.rows), table: tokenTypes))
        var hidden = pass.dropped(
            norm(typed, embeddingNorm, in: pass), rate: configuration.hiddenDropout, at: 2 * layers.count)
        hidden = try pass.at(.embedding, layer: 0, hidden)
        for (index, layer) in layers.enumerated() {
            hidden = try attend(hidden, layer, index, in: pass)
            hidden = try feedForward(hidden, layer, index, in: pass)
            hidden = try pass.at(.residual, layer: index, hidden)
        }
        return hidden
    }

    func headInput(of states: Value, on tape: Tape) -> Value {
        let dense = tape.linear(states, weight: headDense.weight, bias: headDense.bias)
        return tape.layerNorm(
            tape.geluErf(dense), weight: headNorm.weight, bias: headNorm.bias, epsilon: configuration.epsilon)
    }

    private func attend(_ hidden: Value, _ layer: Layer, _ index: Int, in pass: ForwardPass) throws -> Value {
        func projected(_ affine: Affine) -> Value {
            pass.tape.linear(hidden, weight: affine.weight, bias: affine.bias)
        }
        var context = pass.tape.attention(
            Projections(
                query: projected(layer.query), key: projected(layer.key), value: projected(layer.value),
                headWidth: configuration.headWidth), shape: shape, forest: pass.forest, layer: index,
            dropout: pass.dropout(rate: configuration.attentionDropout))
        var residual = hidden
        if index == layers.count - 1 { (context, residual) = pass.narrowed(context, residual) }
        let sum = try pass.residual(
            residual, adding: context, weight: layer.dense.weight, bias: layer.dense.bias,
            at: .attentionOutput, layer: index, dropout: configuration.hiddenDropout, place: 2 * index)
        return norm(sum, layer.attentionNorm, in: pass)
    }

    private func feedForward(_ hidden: Value, _ layer: Layer, _ index: Int, in pass: ForwardPass) throws
        -> Value
    {
        let expanded = pass.tape.linear(hidden, weight: layer.expand.weight, bias: layer.expand.bias)
        let activated = try pass.at(.feedForwardActivation, layer: index, pass.tape.geluErf(expanded))
        let sum = try pass.residual(
            hidden, adding: activated, weight: layer.contract.weight, bias: layer.contract.bias,
            layer: index, dropout: configuration.hiddenDropout, place: 2 * index + 1)
        return norm(sum, layer.outputNorm, in: pass)
    }

    private func norm(_ value: Value, _ norm: Affine, in pass: ForwardPass) -> Value {
        pass.tape.layerNorm(value, weight: norm.weight, bias: norm.bias, epsilon: configuration.epsilon)
    }
}
