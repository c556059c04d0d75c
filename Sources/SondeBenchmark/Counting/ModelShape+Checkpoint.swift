import Foundation
import SondeHost
import SondeJSON

extension ModelShape {
    /// The shape of a checkpoint, from its config.json.
    /// - Throws: ``HostError`` if the folder holds anything whose operations are not counted.
    public init(directory: String) throws {
        let file = URL(filePath: directory).appending(path: "config.json")
        guard let configuration = try? JSONValue(parsing: Data(contentsOf: file)) else {
            throw HostError.data("\(file.path): cannot be read, or is no JSON.")
        }
        func size(_ names: String...) -> Int? { names.lazy.compactMap { configuration[$0]?.intValue }.first }
        guard let type = configuration["model_type"]?.stringValue, let family = Family(rawValue: type),
            let layers = size("n_layer", "num_hidden_layers", "num_layers"),
            let width = size("hidden_size", "n_embed", "d_model"),
            let heads = size("n_head", "num_attention_heads", "num_heads"),
            let vocabulary = size("vocab_size"), heads > 0, width % heads == 0
        else {
            throw HostError.data("\(directory): the operations of such a model are not counted.")
        }
        if family == .t5 {
            let isPlain = size("d_kv") == width / heads && size("num_decoder_layers") ?? layers == layers
            let activation = configuration["feed_forward_proj"]?.stringValue ?? "relu"
            guard isPlain, activation == "relu" else {
                throw HostError.data(
                    "\(directory): only an ungated T5 with equal stacks, whose heads add up to its width, is counted."
                )
            }
        }
        self.init(
            family: family, layers: layers, width: width, heads: heads,
            feedForwardWidth: size("n_inner", "intermediate_size", "d_ff") ?? 4 * width,
            vocabulary: vocabulary)
    }
}
