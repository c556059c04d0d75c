/// Pieces of text and their ids, found in both directions.
///
/// A hash table of our own: a piece is looked up by its bytes, where `String` holds two spellings of `é` equal, and the
/// outcome of a merge by its two halves without joining them, which a large vocabulary does 250,000 times.
struct PieceTable {
    /// The piece of every id; nil where an id has none.
    private(set) var pieces: [String?] = []
    /// The number of pieces.
    private(set) var count = 0
    /// The upper half of a piece's hash and its id and one, or 0; from where its hash points to the next empty place.
    private var slots: [UInt64]

    /// A table that holds up to `capacity` pieces.
    init(capacity: Int) {
        var slotCount = 16
        while slotCount < 2 * capacity { slotCount *= 2 }
        slots = Array(repeating: 0, count: slotCount)
        pieces.reserveCapacity(capacity)
    }

    /// Adds a piece that is not in the table, or returns the piece that has its id.
    mutating func insert(_ piece: String, id: Int32) -> String? {
        let index = Int(id)
        if index >= pieces.count {
            pieces.append(contentsOf: repeatElement(nil, count: index + 1 - pieces.count))
        }
        if let holder = pieces[index] { return holder }
        pieces[index] = piece
        count += 1
        let hash = Self.hash(piece, "")
        var place = firstPlace(of: hash)
        while slots[place] != 0 { place = nextPlace(after: place) }
        slots[place] = Self.mark(of: hash) | UInt64(id + 1)
        return nil
    }

    /// The id of a piece, given whole or in two parts.
    func id(of piece: String, followedBy rest: String = "") -> Int32? {
        let hash = Self.hash(piece, rest)
        var place = firstPlace(of: hash)
        while slots[place] != 0 {
            let id = Int32(truncatingIfNeeded: slots[place]) - 1
            if Self.mark(of: hash) == Self.mark(of: slots[place]), spells(id, piece, rest) { return id }
            place = nextPlace(after: place)
        }
        return nil
    }

    /// The piece of an id.
    func piece(of id: Int32) -> String? {
        pieces.indices.contains(Int(id)) ? pieces[Int(id)] : nil
    }

    private func spells(_ id: Int32, _ piece: String, _ rest: String) -> Bool {
        guard let whole = pieces[Int(id)]?.utf8, whole.count == piece.utf8.count + rest.utf8.count else {
            return false
        }
        return whole.starts(with: piece.utf8) && whole.dropFirst(piece.utf8.count).elementsEqual(rest.utf8)
    }

    private func firstPlace(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    private func nextPlace(after place: Int) -> Int { (place + 1) & (slots.count - 1) }

    private static func mark(of hash: UInt64) -> UInt64 { hash & 0xFFFF_FFFF_0000_0000 }

    /// FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv, with the upper half mixed into the lower.
    private static func hash(_ piece: String, _ rest: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in piece.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in rest.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}
