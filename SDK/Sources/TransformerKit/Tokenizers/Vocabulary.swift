import SondeSDK

/// The entries of a tokenizer and their ids, added tokens included.
struct Vocabulary {
    private var pieces: ByteStringTable
    private var ids: [Int32]
    /// The ordinal of every id, -1 where the id has no entry.
    private var ordinals: [Int32]
    /// Entries from this ordinal on are added tokens, which merging does not know.
    private var modelCount = 0

    /// An id beyond this one is a broken file rather than a large vocabulary.
    private static let largestId = 1 << 24

    init(minimumCapacity: Int) {
        pieces = ByteStringTable(minimumCapacity: minimumCapacity)
        ids = []
        ordinals = []
        ids.reserveCapacity(minimumCapacity)
        ordinals.reserveCapacity(minimumCapacity)
    }

    /// One more than the largest id.
    var idLimit: Int { ordinals.count }

    /// Adds an entry of the model; false if the id is out of range or taken, or the entry is there.
    mutating func insert(_ piece: Span<UInt8>, id: Int) -> Bool {
        guard insertAdded(piece, id: id) else { return false }
        modelCount = pieces.count
        return true
    }

    /// Adds a token that merging does not know; false if the id is out of range or taken, or the token is there.
    mutating func insertAdded(_ piece: Span<UInt8>, id: Int) -> Bool {
        guard (0...Self.largestId).contains(id) else { return false }
        if id >= ordinals.count {
            ordinals.append(contentsOf: repeatElement(-1, count: id + 1 - ordinals.count))
        }
        guard ordinals[id] < 0, let ordinal = pieces.insert(piece) else { return false }
        ids.append(Int32(id))
        ordinals[id] = Int32(ordinal)
        return true
    }

    /// The id of an entry, added tokens included.
    func id(of piece: Span<UInt8>) -> Int32? { pieces.ordinal(of: piece).map { ids[$0] } }

    /// The id of an entry of the model.
    func modelId(of piece: Span<UInt8>) -> Int32? {
        guard let ordinal = pieces.ordinal(of: piece), ordinal < modelCount else { return nil }
        return ids[ordinal]
    }

    /// The entry of an id in UTF-8, or nil for an id that has none.
    func piece(of id: Int32) -> ArraySlice<UInt8>? {
        guard ordinals.indices.contains(Int(id)), ordinals[Int(id)] >= 0 else { return nil }
        return pieces[Int(ordinals[Int(id)])]
    }
}
