/// The matrix products that a pass cannot do without.
///
/// A product `[m × k] · [k × n]` counts 2·m·k·n operations (one multiplication, one addition), as in Kaplan et al. 2020
/// (arXiv:2001.08361, section 2.1), and only products count. Every token is computed once, without padding; what reads
/// left to right computes a prompt once for a batch and a text once for its candidates, and counts visible pairs of
/// attention only. Where only some rows are scored, the last layer has keys and values of all rows and the rest of those
/// alone, and logits exist for them alone.
///
/// The way back of a frozen model needs one more product for each weight, that of the output's gradient with the
/// weight; weights themselves get no gradient (half of the usual "backward is twice forward": Hobbhahn and Sevilla 2021,
/// "What's the backward-forward FLOP ratio for neural networks?"). That of the vocabulary stands with the way there, since
/// the expected embedding can be summed up while a tile's weights are at hand. Attention needs four: the gradients of
/// probabilities, values, queries and keys. In the first layer only the prompt's rows get gradients, since token
/// embeddings have none. Probabilities that are computed anew are not useful.
public struct PassOperations: Sendable {
    /// The way there.
    public let forward: [ProductGroup]
    /// The way back to the prompt; empty without a gradient.
    public let backward: [ProductGroup]

    /// What a pass needs.
    public init(_ model: ModelShape, _ batch: BatchShape, withGradient: Bool) {
        let products = ModelProducts(model)
        let (there, back) =
            switch model.family {
            case .bloom: CausalOperations(products, batch).groups(withGradient: withGradient)
            case .roberta: MaskedOperations(products, batch).groups(withGradient: withGradient)
            case .t5: EncoderDecoderOperations(products, batch).groups(withGradient: withGradient)
            }
        forward = there.filter { !$0.isEmpty }
        backward = withGradient ? back.filter { !$0.isEmpty } : []
    }

    /// All products in the order in which they are computed.
    public var groups: [ProductGroup] { forward + backward }

    /// Useful floating-point operations.
    public var useful: Double { groups.map(\.usefulOperations).reduce(0, +) }
}
