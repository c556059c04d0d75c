/// Merges the symbols of one word, lowest rank first and leftmost among equals.
///
/// The candidates wait in a binary heap, so that a word of n symbols takes O(n log n) however long it is; Sennrich et
/// al., "Neural Machine Translation of Rare Words with Subword Units", 2016, doi:10.18653/v1/P16-1162.
struct WordMerger {
    /// A pair that may be merged: its rank above the place of its left symbol, and the id that it becomes.
    private struct Candidate {
        let order: UInt64
        let id: Int32
    }

    private var ids: [Int32] = []
    private var previous: [Int32] = []
    private var next: [Int32] = []
    private var heap: [Candidate] = []

    private static let merged: Int32 = -1

    /// Replaces the symbols of a word by what they merge to.
    mutating func merge(_ symbols: inout [Int32], by table: MergeTable) {
        guard symbols.count > 1 else { return }
        start(symbols)
        for place in 0..<(symbols.count - 1) { push(place, table) }
        while let candidate = popLowest() {
            let place = Int(candidate.order & 0xFFFF_FFFF)
            guard ids[place] != Self.merged, next[place] < ids.count,
                table.merge(of: ids[place], ids[Int(next[place])])?.id == candidate.id
            else { continue }
            join(place, into: candidate.id)
            if previous[place] >= 0 { push(Int(previous[place]), table) }
            if next[place] < ids.count { push(place, table) }
        }
        symbols.removeAll(keepingCapacity: true)
        for id in ids where id != Self.merged { symbols.append(id) }
    }

    private mutating func start(_ symbols: [Int32]) {
        ids.removeAll(keepingCapacity: true)
        previous.removeAll(keepingCapacity: true)
        next.removeAll(keepingCapacity: true)
        ids.append(contentsOf: symbols)
        for place in Int32(0)..<Int32(symbols.count) {
            previous.append(place - 1)
            next.append(place + 1)
        }
    }

    private mutating func join(_ place: Int, into id: Int32) {
        let right = Int(next[place])
        ids[place] = id
        ids[right] = Self.merged
        next[place] = next[right]
        if next[place] < ids.count { previous[Int(next[place])] = Int32(place) }
    }

    private mutating func push(_ place: Int, _ table: MergeTable) {
        guard let merge = table.merge(of: ids[place], ids[Int(next[place])]) else { return }
        heap.append(Candidate(order: UInt64(merge.rank) << 32 | UInt64(place), id: merge.id))
        var child = heap.count - 1
        while child > 0, heap[child].order < heap[(child - 1) / 2].order {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func popLowest() -> Candidate? {
        guard let lowest = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return lowest }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return lowest }
            if child + 1 < heap.count, heap[child + 1].order < heap[child].order { child += 1 }
            guard heap[child].order < heap[parent].order else { return lowest }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
