import SondeSDK
import TransformerKit

/// What config.json says of a BLOOM, and the tensors that follow from it.
struct BloomConfiguration {
    let vocabulary: Int
    let width: Int
    let layers: Int
    let heads: Int
    let feedForwardWidth: Int
    let epsilon: Float
    let hiddenDropout: Float
    let attentionDropout: Float
    /// Whether the residual stream continues from a layer norm's output instead of its input.
    let residualFollowsNorm: Bool
    let specialTokens: [String: Int]

    init(directory: String, options: Options) throws {
        let file = try Configuration(directory: directory)
        try file.requireModelType("bloom")
        vocabulary = try file.size("vocab_size")
        // The hub's files say n_embed and num_attention_heads, saved again they say hidden_size and n_head.
        width = try file.size("hidden_size", "n_embed")
        heads = try file.size("n_head", "num_attention_heads")
        layers = try file.size("n_layer", "num_hidden_layers")
        feedForwardWidth = try file.integer("n_inner") ?? 4 * width
        epsilon = Float(try file.number("layer_norm_epsilon", default: 1e-5))
        hiddenDropout = try TrainingDropout.rate(file.rate("hidden_dropout", default: 0), options)
        attentionDropout = try TrainingDropout.rate(file.rate("attention_dropout", default: 0), options)
        residualFollowsNorm = try file.boolean("apply_residual_connection_post_layernorm", default: false)
        guard width % heads == 0 else { throw file.invalid("n_head", "does not divide the width \(width)") }
        specialTokens = try file.specialTokens(below: vocabulary)
    }

    var headWidth: Int { width / heads }

    /// The tensors of transformers' BloomForCausalLM.
    var tensors: ExpectedTensors {
        var tensors = [
            ExpectedTensor("word_embeddings.weight", [vocabulary, width]),
            // Usually tied to the embeddings and absent.
            ExpectedTensor(
                "lm_head.weight", [vocabulary, width], isOptional: true, standsOutsidePrefix: true),
        ]
        func add(_ name: String, _ output: Int, _ input: Int? = nil) {
            tensors.append(ExpectedTensor(name + ".weight", input.map { [output, $0] } ?? [output]))
            tensors.append(ExpectedTensor(name + ".bias", [output]))
        }
        add("word_embeddings_layernorm", width)
        add("ln_f", width)
        for layer in 0..<layers {
            add("h.\(layer).input_layernorm", width)
            add("h.\(layer).self_attention.query_key_value", 3 * width, width)
            add("h.\(layer).self_attention.dense", width, width)
            add("h.\(layer).post_attention_layernorm", width)
            add("h.\(layer).mlp.dense_h_to_4h", feedForwardWidth, width)
            add("h.\(layer).mlp.dense_4h_to_h", width, feedForwardWidth)
        }
        return ExpectedTensors(tensors, prefix: "transformer.")
    }
}
