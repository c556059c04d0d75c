import SondeSDK
import TransformerKit

/// What config.json says of a RoBERTa, and the tensors that follow from it.
struct RobertaConfiguration {
    let vocabulary: Int
    let width: Int
    let layers: Int
    let heads: Int
    let feedForwardWidth: Int
    let epsilon: Float
    let hiddenDropout: Float
    let attentionDropout: Float
    /// Rows of the table of positions, of which those up to the padding's id stand for no position.
    let positions: Int
    let tokenTypes: Int
    let padding: Int
    let specialTokens: [String: Int]

    init(directory: String, options: Options) throws {
        let file = try Configuration(directory: directory)
        try file.requireModelType("roberta")
        vocabulary = try file.size("vocab_size")
        width = try file.size("hidden_size")
        layers = try file.size("num_hidden_layers")
        heads = try file.size("num_attention_heads")
        feedForwardWidth = try file.size("intermediate_size")
        positions = try file.size("max_position_embeddings")
        tokenTypes = try file.integer("type_vocab_size") ?? 2
        padding = try file.integer("pad_token_id") ?? 1
        epsilon = Float(try file.number("layer_norm_eps", default: 1e-12))
        hiddenDropout = try TrainingDropout.rate(file.rate("hidden_dropout_prob", default: 0.1), options)
        attentionDropout = try TrainingDropout.rate(
            file.rate("attention_probs_dropout_prob", default: 0.1), options)
        guard width % heads == 0 else {
            throw file.invalid("num_attention_heads", "does not divide the width \(width)")
        }
        _ = try file.word("hidden_act", oneOf: ["gelu"], default: "gelu")
        _ = try file.word("position_embedding_type", oneOf: ["absolute"], default: "absolute")
        guard padding + 1 < positions else {
            throw file.invalid("max_position_embeddings", "leaves no position after the padding's \(padding)")
        }
        specialTokens = try file.specialTokens(below: vocabulary)
    }

    var headWidth: Int { width / heads }
    /// The row of the first position in the table of positions.
    var firstPosition: Int { padding + 1 }
    /// Tokens that a sequence may have.
    var maximumLength: Int { positions - firstPosition }

    /// The tensors of transformers' RobertaForMaskedLM.
    var tensors: ExpectedTensors {
        var tensors = [
            ExpectedTensor("embeddings.word_embeddings.weight", [vocabulary, width]),
            ExpectedTensor("embeddings.position_embeddings.weight", [positions, width]),
            ExpectedTensor("embeddings.token_type_embeddings.weight", [tokenTypes, width]),
            ExpectedTensor("lm_head.bias", [vocabulary], standsOutsidePrefix: true),
            // Usually tied to the embeddings and absent; the second bias is the first one by another name.
            ExpectedTensor(
                "lm_head.decoder.weight", [vocabulary, width], isOptional: true, standsOutsidePrefix: true),
        ]
        func add(_ name: String, _ output: Int, _ input: Int? = nil, outside: Bool = false) {
            tensors.append(
                ExpectedTensor(
                    name + ".weight", input.map { [output, $0] } ?? [output], standsOutsidePrefix: outside))
            tensors.append(ExpectedTensor(name + ".bias", [output], standsOutsidePrefix: outside))
        }
        add("embeddings.LayerNorm", width)
        add("lm_head.dense", width, width, outside: true)
        add("lm_head.layer_norm", width, outside: true)
        for layer in 0..<layers {
            let name = "encoder.layer.\(layer)"
            for part in ["query", "key", "value"] { add("\(name).attention.self.\(part)", width, width) }
            add("\(name).attention.output.dense", width, width)
            add("\(name).attention.output.LayerNorm", width)
            add("\(name).intermediate.dense", feedForwardWidth, width)
            add("\(name).output.dense", width, feedForwardWidth)
            add("\(name).output.LayerNorm", width)
        }
        return ExpectedTensors(
            tensors, prefix: "roberta.",
            ignoredSuffixes: [
                "pooler.dense.weight", "pooler.dense.bias", "embeddings.position_ids", "lm_head.decoder.bias",
            ])
    }
}
