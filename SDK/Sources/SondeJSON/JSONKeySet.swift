/// The keys of an object, to find one that stands twice.
///
/// A key is the range of a plain text in which it was written. A few are compared one by one; more are found by their
/// hash in a table.
struct JSONKeySet {
    private static let largestScannedCount = 16

    private var keys: [Range<UInt32>] = []
    /// A key's hash in the upper half and its index and one in the lower, or 0, somewhere between the slot to which its
    /// hash points and the next empty one; no slots while keys are compared one by one.
    private var slots: [UInt64] = []

    /// Adds a key, unless an equal one is there: then the answer is false.
    mutating func insert(_ range: Range<Int>, in plain: JSONPlainWriter) -> Bool {
        let text = plain.bytes
        let key = UInt32(range.lowerBound)..<UInt32(range.upperBound)
        keys.append(key)
        if slots.isEmpty {
            if keys.dropLast().contains(where: { Self.areEqual($0, key, in: text) }) { return false }
            if keys.count > Self.largestScannedCount { makeSlots(in: text) }
            return true
        }
        let hash = Self.hash(key, in: text)
        var slot = firstSlot(of: hash)
        while slots[slot] != 0 {
            let held = slots[slot]
            let index = Int(held & 0xFFFF_FFFF) - 1
            if held >> 32 == hash, Self.areEqual(keys[index], key, in: text) { return false }
            slot = nextSlot(after: slot)
        }
        slots[slot] = hash << 32 | UInt64(keys.count)
        if 2 * keys.count > slots.count { grow(to: 4 * slots.count) }
        return true
    }

    private mutating func makeSlots(in text: UnsafeBufferPointer<UInt8>) {
        slots = Array(repeating: 0, count: 4 * Self.largestScannedCount)
        for (index, key) in keys.enumerated() { occupy(Self.hash(key, in: text) << 32 | UInt64(index + 1)) }
    }

    private mutating func grow(to count: Int) {
        let occupied = slots
        slots = Array(repeating: 0, count: count)
        for content in occupied where content != 0 { occupy(content) }
    }

    private mutating func occupy(_ content: UInt64) {
        var slot = firstSlot(of: content >> 32)
        while slots[slot] != 0 { slot = nextSlot(after: slot) }
        slots[slot] = content
    }

    private func firstSlot(of hash: UInt64) -> Int { Int(hash) & (slots.count - 1) }

    private func nextSlot(after slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    private static func areEqual(
        _ one: Range<UInt32>, _ other: Range<UInt32>, in text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        one.count == other.count
            && one.indices.allSatisfy { text[Int($0)] == text[Int(other.lowerBound + $0 - one.lowerBound)] }
    }

    /// FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv, the upper half mixed into the lower 32.
    private static func hash(_ key: Range<UInt32>, in text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in key { hash = (hash ^ UInt64(text[Int(place)])) &* 0x100_0000_01B3 }
        return (hash ^ hash >> 32) & 0xFFFF_FFFF
    }
}
