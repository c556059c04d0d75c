/// Byte strings numbered in the order in which they were added; found again by a hash.
///
/// All bytes lie in one array, so that a quarter of a million vocabulary entries cost no allocation each.
struct ByteStringTable {
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]
    /// Ordinals by hash, -1 where free; a power of two, at most half full.
    private var slots: [Int32]

    init(minimumCapacity: Int = 16) {
        var slotCount = 32
        while slotCount < minimumCapacity * 2 { slotCount *= 2 }
        slots = Array(repeating: -1, count: slotCount)
        starts.reserveCapacity(minimumCapacity + 1)
    }

    var count: Int { starts.count - 1 }

    /// The bytes of a string by its ordinal.
    subscript(ordinal: Int) -> ArraySlice<UInt8> { bytes[starts[ordinal]..<starts[ordinal + 1]] }

    /// The number of a string, or nil if it was not added.
    func ordinal(of string: Span<UInt8>) -> Int? {
        let found = slots[slot(of: string)]
        return found < 0 ? nil : Int(found)
    }

    /// Adds a string and returns its number, or nil if it was there before.
    mutating func insert(_ string: Span<UInt8>) -> Int? {
        if (count + 1) * 2 > slots.count { grow() }
        let place = slot(of: string)
        guard slots[place] < 0 else { return nil }
        let ordinal = count
        slots[place] = Int32(ordinal)
        for index in string.indices { bytes.append(string[index]) }
        starts.append(bytes.count)
        return ordinal
    }

    /// Forgets all strings and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeLast(count)
        for place in slots.indices { slots[place] = -1 }
    }

    /// Where a string stands, or the free place where it belongs.
    private func slot(of string: Span<UInt8>) -> Int {
        let mask = slots.count - 1
        var place = Self.hash(string) & mask
        while slots[place] >= 0, !isEqual(Int(slots[place]), string) { place = (place + 1) & mask }
        return place
    }

    private func isEqual(_ ordinal: Int, _ string: Span<UInt8>) -> Bool {
        let start = starts[ordinal]
        guard starts[ordinal + 1] - start == string.count else { return false }
        for index in string.indices where bytes[start + index] != string[index] { return false }
        return true
    }

    private mutating func grow() {
        var larger = [Int32](repeating: -1, count: slots.count * 2)
        for ordinal in 0..<count {
            var place =
                Self.hash(bytes.span.extracting(starts[ordinal]..<starts[ordinal + 1])) & (larger.count - 1)
            while larger[place] >= 0 { place = (place + 1) & (larger.count - 1) }
            larger[place] = Int32(ordinal)
        }
        slots = larger
    }

    private static func hash(_ string: Span<UInt8>) -> Int {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in string.indices { hash = (hash ^ UInt64(string[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 29)
    }
}
