/// Keys and values of one sequence, or of the beginning of several, kept from one pass to the next.
///
/// A pass fills it through ``Forest/append(rows:under:savingTo:)`` and uses it through ``Forest/append(cached:under:)``.
public final class KeyValueCache {
    /// The number of tokens whose keys and values are here for every layer.
    public var count: Int { layers.map(\.rows).min() ?? 0 }

    private struct Layer {
        var rows = 0
        var keys: Tensor
        var values: Tensor
    }

    private var layers: [Layer]
    private let pool: BufferPool
    private let width: Int

    /// Makes an empty cache.
    ///
    /// - Parameters:
    ///   - layerCount: Layers of the model.
    ///   - width: Heads times head width.
    ///   - pool: Where the memory comes from.
    public init(layerCount: Int, width: Int, pool: BufferPool) {
        self.pool = pool
        self.width = width
        layers = (0..<layerCount).map { _ in
            Layer(
                keys: Tensor(rows: 0, width: width, pool: pool),
                values: Tensor(rows: 0, width: width, pool: pool))
        }
    }

    /// The first `rows` keys of a layer, `[rows × width]`, heads side by side.
    func keys(layer: Int, rows: Int) -> Block { layers[layer].keys.block[rows: 0..<rows] }

    /// The first `rows` values of a layer, `[rows × width]`, heads side by side.
    func values(layer: Int, rows: Int) -> Block { layers[layer].values.block[rows: 0..<rows] }

    /// Adds rows to a layer; `copy` writes keys and values to two blocks `[rows × width]`.
    func append(rows: Int, layer: Int, _ copy: (_ keys: Block, _ values: Block) -> Void) {
        let start = layers[layer].rows
        let end = start + rows
        if end > layers[layer].keys.rows {
            let capacity = max(end, 2 * start)
            layers[layer].keys = grown(layers[layer].keys, used: start, to: capacity)
            layers[layer].values = grown(layers[layer].values, used: start, to: capacity)
        }
        layers[layer].rows = end
        copy(layers[layer].keys.block[rows: start..<end], layers[layer].values.block[rows: start..<end])
    }

    private func grown(_ tensor: Tensor, used: Int, to capacity: Int) -> Tensor {
        let larger = Tensor(rows: capacity, width: width, pool: pool)
        larger.address.update(from: tensor.address, count: used * width)
        return larger
    }
}
