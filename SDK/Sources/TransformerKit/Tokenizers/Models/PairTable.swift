/// Values found by two numbers that are not negative, such as the ids of neighbouring tokens.
struct PairTable<Value: Sendable> {
    private struct Slot {
        /// No pair has this one, of which the first number is negative: the slot is empty.
        static var emptyPair: UInt64 { .max }

        let pair: UInt64
        var value: Value
    }

    private let filler: Value
    private var slots: [Slot]
    private var count = 0

    /// An empty table, whose empty slots hold any value.
    init(filler: Value) {
        self.filler = filler
        slots = Array(repeating: Slot(pair: Slot.emptyPair, value: filler), count: 16)
    }

    /// The value of a pair.
    subscript(first: Int32, second: Int32) -> Value? {
        let pair = Self.pair(first, second)
        let slot = slots[slot(of: pair)]
        return slot.pair == pair ? slot.value : nil
    }

    /// Sets the value of a pair, which may have one.
    mutating func set(_ first: Int32, _ second: Int32, to value: Value) {
        let pair = Self.pair(first, second)
        let slot = slot(of: pair)
        if slots[slot].pair != pair { count += 1 }
        slots[slot] = Slot(pair: pair, value: value)
        if 2 * count > slots.count { grow() }
    }

    private mutating func grow() {
        let occupied = slots
        slots = Array(repeating: Slot(pair: Slot.emptyPair, value: filler), count: 2 * occupied.count)
        for content in occupied where content.pair != Slot.emptyPair {
            slots[slot(of: content.pair)] = content
        }
    }

    /// The slot of a pair, or the empty one where it belongs.
    private func slot(of pair: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: Self.hash(pair)) & (slots.count - 1)
        while slots[slot].pair != pair, slots[slot].pair != Slot.emptyPair {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// The mixing function of SplitMix64, https://doi.org/10.1145/2660193.2660195.
    private static func hash(_ pair: UInt64) -> UInt64 {
        var hash = (pair ^ pair >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }

    private static func pair(_ first: Int32, _ second: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }
}
