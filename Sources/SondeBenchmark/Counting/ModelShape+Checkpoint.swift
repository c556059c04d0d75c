import Foundation
import SondeHost
import SondeJSON

extension ModelShape {
    /// The shape of a BLOOM checkpoint, from its config.json.
    /// - Throws: ``HostError`` if the folder holds anything else.
    public init(directory: String) throws {
        let file = URL(filePath: directory).appending(path: "config.json")
        guard let configuration = try? JSONValue(parsing: Data(contentsOf: file)) else {
            throw HostError.data("\(file.path): cannot be read, or is no JSON.")
        }
        func size(_ names: String...) -> Int? { names.lazy.compactMap { configuration[$0]?.intValue }.first }
        guard configuration["model_type"]?.stringValue == "bloom",
            let layers = size("n_layer", "num_hidden_layers"), let width = size("hidden_size", "n_embed"),
            let heads = size("n_head", "num_attention_heads"), let vocabulary = size("vocab_size"),
            heads > 0, width % heads == 0
        else {
            throw HostError.data("\(directory): is no BLOOM; the operations of others are not counted.")
        }
        self.init(
            layers: layers, width: width, heads: heads, feedForwardWidth: size("n_inner") ?? 4 * width,
            vocabulary: vocabulary)
    }
}
