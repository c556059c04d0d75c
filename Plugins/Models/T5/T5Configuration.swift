import SondeSDK
import TransformerKit

/// What config.json says of a T5, and the tensors that follow from it.
struct T5Configuration {
    /// The non-linearity of the feed-forward layers.
    enum Activation: String, CaseIterable {
        case relu
        case gatedGELU = "gated-gelu"
    }

    let vocabulary: Int
    let width: Int
    let headWidth: Int
    let heads: Int
    let feedForwardWidth: Int
    let encoderLayers: Int
    let decoderLayers: Int
    let buckets: Int
    let longestDistance: Int
    let epsilon: Float
    let dropout: Float
    let activation: Activation
    /// Whether the head reads hidden states divided by the root of the width.
    let scalesHeadInput: Bool
    let startToken: Int32
    let specialTokens: [String: Int]

    init(directory: String, options: Options) throws {
        let file = try Configuration(directory: directory)
        try file.requireModelType("t5")
        vocabulary = try file.size("vocab_size")
        width = try file.size("d_model")
        headWidth = try file.size("d_kv")
        heads = try file.size("num_heads")
        feedForwardWidth = try file.size("d_ff")
        encoderLayers = try file.size("num_layers")
        decoderLayers = try file.integer("num_decoder_layers") ?? encoderLayers
        buckets = try file.integer("relative_attention_num_buckets") ?? 32
        longestDistance = try file.integer("relative_attention_max_distance") ?? 128
        guard buckets >= 4, longestDistance > buckets / 2 else {
            throw file.invalid(
                "relative_attention_num_buckets", "is \(buckets) for distances up to \(longestDistance)")
        }
        epsilon = Float(try file.number("layer_norm_epsilon", default: 1e-6))
        dropout = try TrainingDropout.rate(file.rate("dropout_rate", default: 0.1), options)
        let word = try file.word(
            "feed_forward_proj", oneOf: Activation.allCases.map(\.rawValue), default: Activation.relu.rawValue
        )
        activation = Activation(rawValue: word) ?? .relu
        let isTied = try file.boolean("tie_word_embeddings", default: true)
        scalesHeadInput = try file.boolean("scale_decoder_outputs", default: isTied)
        specialTokens = try file.specialTokens(below: vocabulary)
        let start = try file.integer("decoder_start_token_id") ?? specialTokens["padding"] ?? 0
        guard (0..<vocabulary).contains(start) else {
            throw file.invalid(
                "decoder_start_token_id", "is \(start), outside the vocabulary of \(vocabulary)")
        }
        startToken = Int32(start)
    }

    /// Width of queries, keys and values: heads times head width.
    var innerWidth: Int { heads * headWidth }

    /// The tensors of transformers' T5ForConditionalGeneration.
    var tensors: ExpectedTensors {
        var tensors = [
            ExpectedTensor("shared.weight", [vocabulary, width]),
            // Absent where it is tied to the embeddings.
            ExpectedTensor("lm_head.weight", [vocabulary, width], isOptional: true),
        ]
        func addAttention(_ name: String) {
            for part in ["q", "k", "v"] {
                tensors.append(ExpectedTensor("\(name).\(part).weight", [innerWidth, width]))
            }
            tensors.append(ExpectedTensor("\(name).o.weight", [width, innerWidth]))
        }
        for (stack, layers) in [("encoder", encoderLayers), ("decoder", decoderLayers)] {
            tensors.append(ExpectedTensor("\(stack).final_layer_norm.weight", [width]))
            tensors.append(
                ExpectedTensor(
                    "\(stack).block.0.layer.0.SelfAttention.relative_attention_bias.weight", [buckets, heads])
            )
            for layer in 0..<layers {
                let block = "\(stack).block.\(layer).layer"
                addAttention("\(block).0.SelfAttention")
                if stack == "decoder" { addAttention("\(block).1.EncDecAttention") }
                let last = stack == "decoder" ? 2 : 1
                for part in 0...last {
                    tensors.append(ExpectedTensor("\(block).\(part).layer_norm.weight", [width]))
                }
                for part in activation == .relu ? ["wi"] : ["wi_0", "wi_1"] {
                    tensors.append(
                        ExpectedTensor(
                            "\(block).\(last).DenseReluDense.\(part).weight", [feedForwardWidth, width]))
                }
                tensors.append(
                    ExpectedTensor("\(block).\(last).DenseReluDense.wo.weight", [width, feedForwardWidth]))
            }
        }
        return ExpectedTensors(
            tensors, prefix: "",
            ignoredSuffixes: ["embed_tokens.weight", "EncDecAttention.relative_attention_bias.weight"])
    }
}
