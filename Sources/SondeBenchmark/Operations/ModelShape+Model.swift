import Foundation
import SondeHost
import SondeJSON
import SondeSDK

extension ModelShape {
    /// The shape of a loaded model; its heads are known to config.json alone.
    init(of model: any Model, directory: String) throws {
        let card = try model.card
        let file = URL(filePath: directory).appending(path: "config.json")
        guard let configuration = try? JSONValue(parsing: Data(contentsOf: file)),
            let heads = (configuration["n_head"] ?? configuration["num_attention_heads"])?.intValue,
            card.modelType == "bloom", let stack = card.stacks.first, heads > 0, card.width % heads == 0
        else {
            throw HostError.data("\(directory): is no BLOOM; the operations of others are not counted.")
        }
        self.init(
            layers: stack.layers, width: card.width, heads: heads, feedForwardWidth: stack.feedForwardWidth,
            vocabulary: card.vocabulary)
    }
}
