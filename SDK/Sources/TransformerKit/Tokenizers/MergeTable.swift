/// The merges of byte-pair encoding: for two neighbouring ids, the rank of their merge and the id they become.
struct MergeTable {
    /// A merge; the lowest rank goes first.
    struct Merge {
        let rank: UInt32
        let id: Int32
    }

    private var keys: [UInt64]
    private var merges: [Merge]

    private static let freeKey = UInt64.max

    init(capacity: Int) {
        var slotCount = 32
        while slotCount < capacity * 2 { slotCount *= 2 }
        keys = Array(repeating: Self.freeKey, count: slotCount)
        merges = Array(repeating: Merge(rank: 0, id: 0), count: slotCount)
    }

    /// Adds a merge; of the same pair the last counts.
    ///
    /// No more pairs than the capacity may be added.
    mutating func insert(_ left: Int32, _ right: Int32, _ merge: Merge) {
        let slot = slot(of: Self.key(left, right))
        keys[slot] = Self.key(left, right)
        merges[slot] = merge
    }

    /// The merge of two neighbours, if there is one.
    func merge(of left: Int32, _ right: Int32) -> Merge? {
        let slot = slot(of: Self.key(left, right))
        return keys[slot] == Self.freeKey ? nil : merges[slot]
    }

    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != key, keys[slot] != Self.freeKey { slot = (slot + 1) & mask }
        return slot
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
