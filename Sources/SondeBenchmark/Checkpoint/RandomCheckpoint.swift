import Foundation
import SondeHost
import SondeJSON

/// Makes a BLOOM checkpoint with random weights, as a folder in the hub's layout.
///
/// The weights are F16, like those of bigscience/bloomz-560m; the tokenizer has a few tokens fewer than the embedding
/// table has rows, as there.
public struct RandomCheckpoint {
    /// Rows of the embedding table without a token.
    private static let spareRows = 200

    private let shape: ModelShape
    private let folder: URL

    /// A checkpoint of this shape in `folder`.
    public init(_ shape: ModelShape, folder: String) {
        self.shape = shape
        self.folder = URL(filePath: folder)
    }

    /// Writes the checkpoint unless the very same one is there.
    /// - Throws: ``HostError`` with the system's words, or if the folder holds something else.
    public func make() throws {
        let configuration = configuration.text(indented: true)
        let file = folder.appending(path: "config.json")
        if let present = try? String(contentsOf: file, encoding: .utf8) {
            guard present == configuration else {
                throw HostError.data("\(folder.path): holds another checkpoint; choose another --folder.")
            }
            return
        }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let weights = folder.appending(path: "model.safetensors")
            var writer = try RandomWeights(tensors, file: weights.path)
            try writer.write()
            let tokenizer = RandomTokenizer(tokens: shape.vocabulary - Self.spareRows)
            try Data(tokenizer.text.utf8).write(to: folder.appending(path: "tokenizer.json"))
            // Last, so that a folder with a configuration is whole.
            try Data(configuration.utf8).write(to: file, options: .atomic)
        } catch let error as CocoaError {
            throw HostError.inputOutput("\(folder.path): cannot be written: \(error.localizedDescription)")
        }
    }

    private var configuration: JSONValue {
        [
            "model_type": "bloom", "vocab_size": .integer(Int64(shape.vocabulary)),
            "hidden_size": .integer(Int64(shape.width)), "n_head": .integer(Int64(shape.heads)),
            "n_layer": .integer(Int64(shape.layers)), "layer_norm_epsilon": 1e-5,
            "n_inner": .integer(Int64(shape.feedForwardWidth)),
        ]
    }

    private var tensors: [RandomWeights.Tensor] {
        typealias Tensor = RandomWeights.Tensor
        let (width, inner) = (shape.width, shape.feedForwardWidth)
        func norm(_ name: String) -> [Tensor] {
            [Tensor(name + ".weight", [width], .ones), Tensor(name + ".bias", [width], .zeros)]
        }
        func linear(_ name: String, _ output: Int, _ input: Int) -> [Tensor] {
            [
                Tensor(name + ".weight", [output, input], .random),
                Tensor(name + ".bias", [output], .zeros),
            ]
        }
        var tensors = [Tensor("word_embeddings.weight", [shape.vocabulary, width], .random)]
        tensors += norm("word_embeddings_layernorm")
        for layer in 0..<shape.layers {
            let prefix = "h.\(layer)."
            tensors += norm(prefix + "input_layernorm")
            tensors += linear(prefix + "self_attention.query_key_value", 3 * width, width)
            tensors += linear(prefix + "self_attention.dense", width, width)
            tensors += norm(prefix + "post_attention_layernorm")
            tensors += linear(prefix + "mlp.dense_h_to_4h", inner, width)
            tensors += linear(prefix + "mlp.dense_4h_to_h", width, inner)
        }
        return tensors + norm("ln_f")
    }
}
