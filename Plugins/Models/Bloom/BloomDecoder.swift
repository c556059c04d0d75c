import SondeSDK
import TransformerKit

/// The forward pass of BLOOM.
///
/// Reference: transformers, src/transformers/models/bloom/modeling_bloom.py; Le Scao et al. 2022, arXiv:2211.05100.
final class BloomDecoder: CausalArchitecture {
    /// A layer norm or a linear layer.
    private struct Affine {
        let weight: Parameter
        let bias: Parameter
    }

    private struct Layer {
        let inputNorm: Affine
        let queryKeyValue: Affine
        let dense: Affine
        let outputNorm: Affine
        let expand: Affine
        let contract: Affine
    }

    let embeddings: Parameter
    let head: ScoringHead
    private let configuration: BloomConfiguration
    private let embeddingNorm: Affine
    private let layers: [Layer]
    private let finalNorm: Affine
    private let shape: AttentionShape

    init(_ configuration: BloomConfiguration, parameters: ParameterSet) throws {
        func affine(_ name: String) throws -> Affine {
            Affine(weight: try parameters[name + ".weight"], bias: try parameters[name + ".bias"])
        }
        self.configuration = configuration
        embeddings = try parameters["word_embeddings.weight"]
        head = ScoringHead(weight: parameters.optional("lm_head.weight") ?? embeddings)
        embeddingNorm = try affine("word_embeddings_layernorm")
        finalNorm = try affine("ln_f")
        layers = try (0..<configuration.layers).map { layer in
            Layer(
                inputNorm: try affine("h.\(layer).input_layernorm"),
                queryKeyValue: try affine("h.\(layer).self_attention.query_key_value"),
                dense: try affine("h.\(layer).self_attention.dense"),
                outputNorm: try affine("h.\(layer).post_attention_layernorm"),
                expand: try affine("h.\(layer).mlp.dense_h_to_4h"),
                contract: try affine("h.\(layer).mlp.dense_4h_to_h"))
        }
        shape = AttentionShape(
            headCount: configuration.heads, headWidth: configuration.headWidth,
            bias: .linear(headCount: configuration.heads))
    }

    var layerCount: Int { layers.count }
    var keyWidth: Int { configuration.width }
    var hasDropout: Bool { configuration.hiddenDropout > 0 || configuration.attentionDropout > 0 }

    func hiddenStates(of input: Value, in pass: ForwardPass) throws -> Value {
        // The soft prompt passes through this norm as well: its rows live among the raw embeddings.
        var hidden = try pass.at(.embedding, layer: 0, norm(input, embeddingNorm, in: pass))
        for (index, layer) in layers.enumerated() {
            hidden = try attend(hidden, layer, index, in: pass)
            hidden = try feedForward(hidden, layer, index, in: pass)
            hidden = try pass.at(.residual, layer: index, hidden)
        }
        return norm(hidden, finalNorm, in: pass)
    }

    private func attend(_ hidden: Value, _ layer: Layer, _ index: Int, in pass: ForwardPass) throws -> Value {
        let normalised = norm(hidden, layer.inputNorm, in: pass)
        let projected = pass.tape.linear(
            normalised, weight: layer.queryKeyValue.weight, bias: layer.queryKeyValue.bias)
        var context = pass.tape.attention(
            Projections(interleavedByHead: projected, headWidth: configuration.headWidth), shape: shape,
            forest: pass.forest, layer: index, dropout: pass.dropout(rate: configuration.attentionDropout))
        var residual = configuration.residualFollowsNorm ? normalised : hidden
        if index == layers.count - 1 { (context, residual) = pass.narrowed(context, residual) }
        return try pass.residual(
            residual, adding: context, weight: layer.dense.weight, bias: layer.dense.bias,
            at: .attentionOutput, layer: index, dropout: configuration.hiddenDropout, place: 2 * index)
    }

    private func feedForward(_ hidden: Value, _ layer: Layer, _ index: Int, in pass: ForwardPass) throws
        -> Value
    {
        let normalised = norm(hidden, layer.outputNorm, in: pass)
        let expanded = pass.tape.linear(normalised, weight: layer.expand.weight, bias: layer.expand.bias)
        let activated = try pass.at(.feedForwardActivation, layer: index, pass.tape.geluTanh(expanded))
        return try pass.residual(
            configuration.residualFollowsNorm ? normalised : hidden, adding: activated,
            weight: layer.contract.weight, bias: layer.contract.bias, layer: index,
            dropout: configuration.hiddenDropout, place: 2 * index + 1)
    }

    private func norm(_ value: Value, _ norm: Affine, in pass: ForwardPass) -> Value {
        pass.tape.layerNorm(value, weight: norm.weight, bias: norm.bias, epsilon: configuration.epsilon)
    }
}
