/// Merges the tokens of one part of a text: again and again the pair of the lowest rank, of equal ones the first.
///
/// Tokens form a linked list; a heap holds the possible merges, of which those overtaken by others are skipped. The
/// memory is used again for the next part.
///
/// - Complexity: O(n log n) in the number of bytes, so that a long text without spaces is no trap.
struct BytePairMerger {
    private static let end = -1

    private struct Symbol {
        var id: Int32
        var previous: Int
        var next: Int
        /// What this symbol and the next become; nil also when this one has gone into its left neighbour.
        var merge: BytePairModel.Merge?
    }

    private var symbols: [Symbol] = []
    private var candidates = MinimumHeap()

    /// Forgets the part before.
    mutating func begin() { symbols.removeAll(keepingCapacity: true) }

    /// Appends the token of a byte.
    mutating func append(_ id: Int32) {
        symbols.append(Symbol(id: id, previous: symbols.count - 1, next: symbols.count + 1, merge: nil))
    }

    /// Merges what can be merged and appends what remains.
    mutating func merge(with merges: PairTable<BytePairModel.Merge>, into ids: inout [Int32]) {
        guard !symbols.isEmpty else { return }
        symbols[symbols.count - 1].next = Self.end
        for index in symbols.indices { findMerge(at: index, in: merges) }
        while let candidate = candidates.removeMinimum() {
            let index = Int(truncatingIfNeeded: candidate & 0xFFFF_FFFF)
            guard let merge = symbols[index].merge, UInt64(merge.rank) == candidate >> 32 else { continue }
            join(at: index, as: merge.id)
            findMerge(at: index, in: merges)
            if symbols[index].previous != Self.end { findMerge(at: symbols[index].previous, in: merges) }
        }
        var index = 0
        while index != Self.end {
            ids.append(symbols[index].id)
            index = symbols[index].next
        }
    }

    /// Lets the symbol at an index take in its right neighbour.
    private mutating func join(at index: Int, as id: Int32) {
        let absorbed = symbols[index].next
        let next = symbols[absorbed].next
        symbols[absorbed].merge = nil
        symbols[index].id = id
        symbols[index].next = next
        if next != Self.end { symbols[next].previous = index }
    }

    private mutating func findMerge(at index: Int, in merges: PairTable<BytePairModel.Merge>) {
        let next = symbols[index].next
        guard next != Self.end, let merge = merges[symbols[index].id, symbols[next].id] else {
            symbols[index].merge = nil
            return
        }
        symbols[index].merge = merge
        candidates.insert(UInt64(merge.rank) << 32 | UInt64(index))
    }
}
