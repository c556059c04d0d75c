import SondeHost

/// Computes groups of products in given ways, in memory of its own.
final class BareRunner {
    /// 512 MiB: more than caches hold, so that no more weights need be there.
    private static let enoughWeights = 1 << 27

    private let runtime: HostRuntime
    private let weights: UnsafeMutablePointer<Float>
    private let activations: UnsafeMutablePointer<Float>
    private let results: UnsafeMutablePointer<Float>
    private let weightCount: Int
    private var nextWeight = 0

    /// Memory for each of these groups.
    init(_ groups: [ProductGroup], on runtime: HostRuntime) {
        self.runtime = runtime
        let needs = groups.map { Need($0, threads: runtime.threadBudget) }
        func memory(_ count: Int, of value: Float) -> UnsafeMutablePointer<Float> {
            let address = UnsafeMutablePointer<Float>.allocate(capacity: max(1, count))
            address.initialize(repeating: value, count: count)
            return address
        }
        weightCount = max(
            min(Self.enoughWeights, needs.map(\.weights).reduce(0, +)),
            needs.map(\.contiguousWeights).max() ?? 0)
        weights = memory(weightCount, of: 0.02)
        activations = memory(needs.map(\.activations).max() ?? 0, of: 0.5)
        results = memory(needs.map(\.results).max() ?? 0, of: 0)
    }

    deinit {
        for memory in [weights, activations, results] { memory.deallocate() }
    }

    /// Computes a group.
    func compute(_ group: ProductGroup, by way: Way) {
        switch (group, way) {
        case (.weight(let product), .shared(let share, let isFlipped)):
            compute(product, share, isFlipped: isFlipped)
        case (.heads(let count, let products), .small(let isFlipped)):
            computeHeads(count, products, isFlipped: isFlipped)
        case (.vocabulary(let logits, let hasWayBack), .tiles(let tile, let isFlipped, let isWayBackFlipped)):
            computeVocabulary(
                logits, tile: tile, isFlipped: isFlipped,
                isWayBackFlipped: hasWayBack ? isWayBackFlipped : nil)
        default: preconditionFailure("\(way) is no way to compute \(group)")
        }
    }

    private func compute(_ product: MatrixProduct, _ share: Way.Share, isFlipped: Bool) {
        let operands = Operands(
            left: activations, right: weights + placeOfWeight(product.columns * product.depth),
            result: results)
        let threads = runtime.threadBudget
        switch share {
        case .library: operands.multiply(product, isFlipped: isFlipped)
        case .rows:
            runtime.parallel(threads) { thread in
                operands.multiply(
                    product, rows: (0..<product.rows).piece(thread, of: threads),
                    columns: 0..<product.columns, isFlipped: isFlipped)
            }
        case .columns:
            runtime.parallel(threads) { thread in
                operands.multiply(
                    product, rows: 0..<product.rows,
                    columns: (0..<product.columns).piece(thread, of: threads), isFlipped: isFlipped)
            }
        }
    }

    private func computeHeads(_ count: Int, _ products: [MatrixProduct], isFlipped: [Bool]) {
        let size = HeadSizes(products)
        runtime.parallel(count) { head in
            let left = activations + head * (size.left + size.right)
            let operands = Operands(
                left: left, right: left + size.left, result: results + head * size.result)
            for (product, isFlipped) in zip(products, isFlipped) {
                operands.multiply(product, isFlipped: isFlipped)
            }
        }
    }

    private func computeVocabulary(
        _ logits: MatrixProduct, tile: Int, isFlipped: Bool, isWayBackFlipped: Bool?
    ) {
        let (threads, width) = (runtime.threadBudget, logits.depth)
        // A part of the memory for each thread, so that none finds in the cache what another has read.
        let part = weightCount / threads
        runtime.parallel(threads) { thread in
            let tokens = (0..<logits.columns).piece(thread, of: threads)
            let sums = results + thread * logits.rows * (tile + width)
            for first in stride(from: tokens.lowerBound, to: tokens.upperBound, by: tile) {
                let count = min(tile, tokens.upperBound - first)
                let place = (first - tokens.lowerBound) * width % max(1, part - tile * width)
                let tileWeights = weights + thread * part + place
                let there = MatrixProduct(
                    rows: logits.rows, columns: count, depth: width, isRightTransposed: true)
                let tileLogits = sums + logits.rows * width
                Operands(left: activations, right: tileWeights, result: tileLogits)
                    .multiply(there, isFlipped: isFlipped)
                guard let isWayBackFlipped else { continue }
                let back = MatrixProduct(
                    rows: logits.rows, columns: width, depth: count, isLeftTransposed: isFlipped)
                Operands(left: tileLogits, right: tileWeights, result: sums)
                    .multiply(back, isFlipped: isWayBackFlipped, accumulating: first > tokens.lowerBound)
            }
        }
    }

    private func placeOfWeight(_ count: Int) -> Int {
        if nextWeight + count > weightCount { nextWeight = 0 }
        defer { nextWeight += count }
        return nextWeight
    }
}

/// How much memory a group needs, in values.
private struct Need {
    private static let largestTile = Way.tileSizes.max() ?? 0

    var weights = 0
    /// How much of the weights must lie together.
    var contiguousWeights = 0
    var activations = 0
    var results = 0

    init(_ group: ProductGroup, threads: Int) {
        switch group {
        case .weight(let product):
            weights = product.columns * product.depth
            contiguousWeights = weights
            activations = product.rows * product.depth
            results = product.rows * product.columns
        case .heads(let count, let products):
            let size = HeadSizes(products)
            activations = count * (size.left + size.right)
            results = count * size.result
        case .vocabulary(let logits, _):
            weights = logits.columns * logits.depth
            contiguousWeights = threads * 2 * Self.largestTile * logits.depth
            activations = logits.rows * logits.depth
            results = threads * logits.rows * (Self.largestTile + logits.depth)
        }
    }
}

/// The largest operands and result of one head's products.
private struct HeadSizes {
    let left: Int
    let right: Int
    let result: Int

    init(_ products: [MatrixProduct]) {
        left = products.map { $0.rows * $0.depth }.max() ?? 0
        right = products.map { $0.columns * $0.depth }.max() ?? 0
        result = products.map { $0.rows * $0.columns }.max() ?? 0
    }
}
