extension ModelShape {
    /// Rows of roberta-base's table of positions.
    static let positions = 514
    /// Buckets of T5's relative positions.
    private static let buckets = 32

    /// The tensors of a checkpoint, by the names of transformers.
    var tensors: [RandomWeights.Tensor] {
        switch family {
        case .bloom: bloom
        case .roberta: roberta
        case .t5: t5
        }
    }

    private typealias Tensor = RandomWeights.Tensor

    private func norm(_ name: String) -> [Tensor] {
        [Tensor(name + ".weight", [width], .ones), Tensor(name + ".bias", [width], .zeros)]
    }

    private func linear(_ name: String, _ output: Int, _ input: Int) -> [Tensor] {
        [Tensor(name + ".weight", [output, input], .random), Tensor(name + ".bias", [output], .zeros)]
    }

    private var bloom: [Tensor] {
        var tensors = [Tensor("word_embeddings.weight", [vocabulary, width], .random)]
        tensors += norm("word_embeddings_layernorm")
        for layer in 0..<layers {
            let prefix = "h.\(layer)."
            tensors += norm(prefix + "input_layernorm")
            tensors += linear(prefix + "self_attention.query_key_value", 3 * width, width)
            tensors += linear(prefix + "self_attention.dense", width, width)
            tensors += norm(prefix + "post_attention_layernorm")
            tensors += linear(prefix + "mlp.dense_h_to_4h", feedForwardWidth, width)
            tensors += linear(prefix + "mlp.dense_4h_to_h", width, feedForwardWidth)
        }
        return tensors + norm("ln_f")
    }

    private var roberta: [Tensor] {
        var tensors = [
            Tensor("roberta.embeddings.word_embeddings.weight", [vocabulary, width], .random),
            Tensor("roberta.embeddings.position_embeddings.weight", [Self.positions, width], .random),
            Tensor("roberta.embeddings.token_type_embeddings.weight", [1, width], .zeros),
            Tensor("lm_head.bias", [vocabulary], .zeros),
        ]
        tensors += norm("roberta.embeddings.LayerNorm")
        tensors += linear("lm_head.dense", width, width) + norm("lm_head.layer_norm")
        for layer in 0..<layers {
            let prefix = "roberta.encoder.layer.\(layer)."
            for part in ["query", "key", "value"] {
                tensors += linear(prefix + "attention.self." + part, width, width)
            }
            tensors += linear(prefix + "attention.output.dense", width, width)
            tensors += norm(prefix + "attention.output.LayerNorm")
            tensors += linear(prefix + "intermediate.dense", feedForwardWidth, width)
            tensors += linear(prefix + "output.dense", width, feedForwardWidth)
            tensors += norm(prefix + "output.LayerNorm")
        }
        return tensors
    }

    private var t5: [Tensor] {
        func attention(_ name: String) -> [Tensor] {
            ["q", "k", "v", "o"].map { Tensor("\(name).\($0).weight", [width, width], .random) }
        }
        var tensors = [Tensor("shared.weight", [vocabulary, width], .random)]
        for stack in ["encoder", "decoder"] {
            let bias = "\(stack).block.0.layer.0.SelfAttention.relative_attention_bias.weight"
            tensors.append(Tensor(bias, [Self.buckets, heads], .random))
            tensors.append(Tensor("\(stack).final_layer_norm.weight", [width], .ones))
            for layer in 0..<layers {
                let block = "\(stack).block.\(layer).layer"
                tensors += attention("\(block).0.SelfAttention")
                if stack == "decoder" { tensors += attention("\(block).1.EncDecAttention") }
                let last = stack == "decoder" ? 2 : 1
                for part in 0...last {
                    tensors.append(Tensor("\(block).\(part).layer_norm.weight", [width], .ones))
                }
                let dense = "\(block).\(last).DenseReluDense"
                tensors.append(Tensor(dense + ".wi.weight", [feedForwardWidth, width], .random))
                tensors.append(Tensor(dense + ".wo.weight", [width, feedForwardWidth], .random))
            }
        }
        return tensors
    }
}
