/// One of the ways to arrange products on threads and in memory; which is fastest is found out by trial.
enum Way: Sendable, Hashable {
    /// What each thread gets of a product.
    enum Share: Sendable, CaseIterable {
        /// Some rows of the result.
        case rows
        /// Some columns of the result.
        case columns
        /// What OpenBLAS's own threads make of it.
        case library
    }

    /// A product with a weight; flipped, its transpose is computed: `weights × rowsᵀ`.
    case shared(Share, isFlipped: Bool)
    /// The small products of heads, each on one thread; which of them are flipped.
    case small(isFlipped: [Bool])
    /// The vocabulary in tiles of so many tokens, a range of tokens a thread.
    case tiles(of: Int, isFlipped: Bool, isWayBackFlipped: Bool)

    /// Tokens of a tile.
    static let tileSizes = [512, 1024, 2048, 4096]
}

extension Way: CustomStringConvertible {
    var description: String {
        func flipped(_ isFlipped: Bool) -> String { isFlipped ? "flipped" : "straight" }
        return switch self {
        case .shared(.library, let isFlipped): "OpenBLAS's threads, \(flipped(isFlipped))"
        case .shared(let share, let isFlipped): "\(share) shared out, \(flipped(isFlipped))"
        case .small(let isFlipped): "\(isFlipped.count { $0 }) of \(isFlipped.count) flipped"
        case .tiles(let size, let isFlipped, let isWayBackFlipped):
            "tiles of \(size) tokens, \(flipped(isFlipped)), back \(flipped(isWayBackFlipped))"
        }
    }
}
