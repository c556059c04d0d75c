import Foundation
import SondeHost
import SondeJSON

/// Makes a checkpoint with random weights, as a folder in the hub's layout.
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

    /// Writes the checkpoint unless the very same one is there, whole.
    /// - Throws: ``HostError`` with the system's words.
    public func make() throws {
        let configuration = configuration.text(indented: true)
        let file = folder.appending(path: "config.json")
        if (try? String(contentsOf: file, encoding: .utf8)) == configuration { return }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try? FileManager.default.removeItem(at: file)
            let weights = folder.appending(path: "model.safetensors")
            var writer = try RandomWeights(shape.tensors, file: weights.path)
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
        var fields: JSONObject = [
            "model_type": .string(shape.family.rawValue), "vocab_size": .integer(Int64(shape.vocabulary)),
            "bos_token_id": .integer(Int64(RandomTokenizer.begin)),
            "eos_token_id": .integer(Int64(RandomTokenizer.end)),
            "pad_token_id": .integer(Int64(RandomTokenizer.padding)),
        ]
        for (name, value) in shape.fields { fields[name] = value }
        return .object(fields)
    }
}

extension ModelShape {
    /// What is said of the sizes in config.json, under each family's names, and that nothing is dropped while training.
    fileprivate var fields: JSONObject {
        func size(_ value: Int) -> JSONValue { .integer(Int64(value)) }
        switch family {
        case .bloom:
            return [
                "hidden_size": size(width), "n_head": size(heads), "n_layer": size(layers),
                "layer_norm_epsilon": 1e-5, "n_inner": size(feedForwardWidth),
            ]
        case .roberta:
            return [
                "hidden_size": size(width), "num_attention_heads": size(heads),
                "num_hidden_layers": size(layers), "intermediate_size": size(feedForwardWidth),
                "max_position_embeddings": size(Self.positions), "hidden_dropout_prob": 0,
                "attention_probs_dropout_prob": 0, "type_vocab_size": 1, "layer_norm_eps": 1e-5,
            ]
        case .t5:
            return [
                "d_model": size(width), "d_kv": size(width / heads), "num_heads": size(heads),
                "num_layers": size(layers), "d_ff": size(feedForwardWidth), "dropout_rate": 0,
                "decoder_start_token_id": size(Int(RandomTokenizer.padding)),
            ]
        }
    }
}
