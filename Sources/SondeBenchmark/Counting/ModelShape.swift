/// The sizes of a BLOOM, as far as they decide how much it has to compute.
public struct ModelShape: Sendable, Hashable, Codable {
    /// How many layers it has.
    public var layers: Int
    /// Width of the hidden states.
    public var width: Int
    /// Heads of a layer; their widths add up to ``width``.
    public var heads: Int
    /// How many feed-forward neurons a layer has.
    public var feedForwardWidth: Int
    /// Rows of the embedding table, which is also the vocabulary head.
    public var vocabulary: Int

    /// A shape.
    public init(layers: Int, width: Int, heads: Int, feedForwardWidth: Int, vocabulary: Int) {
        self.layers = layers
        self.width = width
        self.heads = heads
        self.feedForwardWidth = feedForwardWidth
        self.vocabulary = vocabulary
    }

    /// bigscience/bloomz-560m, from its config.json.
    public static let bloomz560m = ModelShape(
        layers: 24, width: 1024, heads: 16, feedForwardWidth: 4096, vocabulary: 250_880)
    /// Small enough for a look at whether everything works.
    public static let small = ModelShape(
        layers: 4, width: 256, heads: 4, feedForwardWidth: 1024, vocabulary: 8192)
}
