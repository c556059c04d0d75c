/// What two neighbouring tokens become, found by their ids.
struct MergeTable {
    /// What two neighbours become.
    struct Merge {
        /// Of all possible merges the one of the lowest rank comes first.
        let rank: UInt32
        let id: Int32
    }

    private struct Slot {
        /// The ids of the neighbours; no pair has this one, of which the left is negative, in an empty slot.
        var pair = UInt64.max
        var merge = Merge(rank: 0, id: 0)
    }

    private var slots = Array(repeating: Slot(), count: 16)
    private var count = 0

    /// What two neighbours become, or nil where they stay apart.
    func merge(_ left: Int32, _ right: Int32) -> Merge? {
        let pair = Self.pair(left, right)
        let slot = slots[slot(of: pair)]
        return slot.pair == pair ? slot.merge : nil
    }

    /// Says what two neighbours become; of two answers the later counts.
    mutating func insert(_ left: Int32, _ right: Int32, _ merge: Merge) {
        let pair = Self.pair(left, right)
        let slot = slot(of: pair)
        if slots[slot].pair != pair { count += 1 }
        slots[slot] = Slot(pair: pair, merge: merge)
        if 2 * count > slots.count { grow() }
    }

    private mutating func grow() {
        let occupied = slots
        slots = Array(repeating: Slot(), count: 2 * occupied.count)
        for content in occupied where content.pair != .max { slots[slot(of: content.pair)] = content }
    }

    /// The slot of a pair, or the empty one where it belongs.
    private func slot(of pair: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: Self.hash(pair)) & (slots.count - 1)
        while slots[slot].pair != pair, slots[slot].pair != .max { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    /// The mixing function of SplitMix64, https://doi.org/10.1145/2660193.2660195.
    private static func hash(_ pair: UInt64) -> UInt64 {
        var hash = (pair ^ pair >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }

    private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
