/// Pieces of text and their ids, found in both directions.
///
/// A hash table of our own: a piece is looked up by its bytes, where `String` holds two spellings of `é` equal, and the
/// outcome of a merge by its two halves without joining them, which a large vocabulary does 250,000 times.
struct PieceTable {
    /// The bytes of all pieces, one after another.
    private var bytes: [UInt8] = []
    /// Where the piece of every id stands among the bytes; nil where an id has none.
    private var places: [Range<UInt32>?] = []
    /// The number of pieces.
    private(set) var count = 0
    /// A piece's hash in the upper half and its id and one in the lower, or 0, somewhere between the slot to which its
    /// hash points and the next empty one.
    private var slots: [UInt64] = Array(repeating: 0, count: 16)

    /// The largest id and one more.
    var endOfIDs: Int { places.count }

    /// Adds a piece that is not in the table, or returns the piece that has its id.
    mutating func insert(_ piece: Span<UInt8>, id: Int32) -> String? {
        let index = Int(id)
        if index >= places.count {
            places.append(contentsOf: repeatElement(nil, count: index + 1 - places.count))
        }
        if let holder = self.piece(of: id) { return holder }
        let start = bytes.count
        piece.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        places[index] = UInt32(start)..<UInt32(bytes.count)
        count += 1
        if 2 * count > slots.count { grow() }
        occupy(UInt64(Self.hash(piece)) << 32 | UInt64(id + 1))
        return nil
    }

    /// The id of a piece.
    func id(of piece: String) -> Int32? {
        var piece = piece
        return piece.withUTF8 { id(of: $0.span) }
    }

    /// The id of the piece that these bytes spell.
    func id(of piece: ArraySlice<UInt8>) -> Int32? { piece.withUnsafeBufferPointer { id(of: $0.span) } }

    /// The id of the piece that these bytes spell, together with more of them.
    func id(of piece: Span<UInt8>, followedBy rest: Span<UInt8> = Span()) -> Int32? {
        let hash = Self.hash(piece, rest)
        var slot = firstSlot(of: hash)
        while slots[slot] != 0 {
            let id = Int32(truncatingIfNeeded: slots[slot]) - 1
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash, spells(id, piece, rest) { return id }
            slot = nextSlot(after: slot)
        }
        return nil
    }

    /// Whether an id is that of the piece which these bytes spell, together with more of them.
    func spells(_ id: Int32, _ piece: Span<UInt8>, _ rest: Span<UInt8>) -> Bool {
        guard let place = place(of: id), place.count == piece.count + rest.count else { return false }
        let middle = place.lowerBound + piece.count
        for index in piece.indices where bytes[place.lowerBound + index] != piece[index] { return false }
        for index in rest.indices where bytes[middle + index] != rest[index] { return false }
        return true
    }

    /// The piece of an id.
    func piece(of id: Int32) -> String? { place(of: id).map { String(decoding: bytes[$0], as: UTF8.self) } }

    private func place(of id: Int32) -> Range<Int>? {
        guard places.indices.contains(Int(id)), let place = places[Int(id)] else { return nil }
        return Int(place.lowerBound)..<Int(place.upperBound)
    }

    private mutating func occupy(_ content: UInt64) {
        var slot = firstSlot(of: UInt32(truncatingIfNeeded: content >> 32))
        while slots[slot] != 0 { slot = nextSlot(after: slot) }
        slots[slot] = content
    }

    private mutating func grow() {
        let occupied = slots
        slots = Array(repeating: 0, count: 2 * occupied.count)
        for content in occupied where content != 0 { occupy(content) }
    }

    private func firstSlot(of hash: UInt32) -> Int { Int(hash) & (slots.count - 1) }

    private func nextSlot(after slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    /// FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv, of which the upper half is mixed into the lower.
    private static func hash(_ piece: Span<UInt8>, _ rest: Span<UInt8> = Span()) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in piece.indices { hash = (hash ^ UInt64(piece[index])) &* 0x100_0000_01B3 }
        for index in rest.indices { hash = (hash ^ UInt64(rest[index])) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
