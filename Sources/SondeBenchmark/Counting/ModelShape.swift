/// The sizes of a model, as far as they decide how much it has to compute.
public struct ModelShape: Sendable, Hashable, Codable {
    /// How a model reads, and in which files it is written.
    public enum Family: String, Sendable, Codable, CaseIterable {
        /// Left to right.
        case bloom
        /// Both ways; the answer stands at the mask.
        case roberta
        /// An encoder reads and a decoder answers; ungated, with the head tied.
        case t5
    }

    /// How it reads.
    public var family: Family
    /// How many layers it has; of an encoder-decoder, each of the stacks.
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
    public init(
        family: Family = .bloom, layers: Int, width: Int, heads: Int, feedForwardWidth: Int, vocabulary: Int
    ) {
        self.family = family
        self.layers = layers
        self.width = width
        self.heads = heads
        self.feedForwardWidth = feedForwardWidth
        self.vocabulary = vocabulary
    }

    /// bigscience/bloomz-560m, from its config.json.
    public static let bloomz560m = ModelShape(
        layers: 24, width: 1024, heads: 16, feedForwardWidth: 4096, vocabulary: 250_880)
    /// FacebookAI/roberta-base, from its config.json.
    public static let robertaBase = ModelShape(
        family: .roberta, layers: 12, width: 768, heads: 12, feedForwardWidth: 3072, vocabulary: 50_265)
    /// google-t5/t5-base, from its config.json.
    public static let t5Base = ModelShape(
        family: .t5, layers: 12, width: 768, heads: 12, feedForwardWidth: 3072, vocabulary: 32_128)
    /// Small enough for a look at whether everything works.
    public static let small = ModelShape(
        layers: 4, width: 256, heads: 4, feedForwardWidth: 1024, vocabulary: 8192)
}
