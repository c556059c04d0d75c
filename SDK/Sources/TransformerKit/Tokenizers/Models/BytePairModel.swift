/// Byte-pair encoding: pieces of text and the order in which neighbours are merged into longer ones.
///
/// Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units",
/// https://doi.org/10.18653/v1/P16-1162.
struct BytePairModel {
    /// What two neighbours become.
    struct Merge {
        /// Of all possible merges the one of the lowest rank comes first.
        let rank: UInt32
        let id: Int32
    }

    /// The pieces, spelt with the byte alphabet where the parts of a text are bytes.
    let vocabulary: PieceTable
    /// The token of every byte, or nil where the vocabulary lacks it; no tokens where the parts of a text are
    /// characters, which are looked up in the vocabulary.
    let bytes: [Int32?]
    /// What neighbours become.
    let merges: PairTable<Merge>
    /// What stands for what the vocabulary lacks; without it that is left out.
    let unknown: Int32?
    /// Whether unknown neighbours become one token.
    let isUnknownFused: Bool
    /// Whether a part that is a piece as a whole is taken as it is, whatever merges would make of it.
    let isWholePiecePreferred: Bool

    /// Appends the tokens of one part of a text.
    func encode(_ part: ArraySlice<UInt8>, with merger: inout BytePairMerger, into ids: inout [Int32]) {
        if isWholePiecePreferred, let id = wholePiece(part) {
            ids.append(id)
            return
        }
        merger.begin()
        var followsUnknown = false
        var place = part.startIndex
        while place < part.endIndex {
            let token = takeToken(at: &place, in: part)
            if let id = token ?? (followsUnknown && isUnknownFused ? nil : unknown) { merger.append(id) }
            followsUnknown = token == nil
        }
        merger.merge(with: merges, into: &ids)
    }

    private func wholePiece(_ part: ArraySlice<UInt8>) -> Int32? {
        bytes.isEmpty ? vocabulary.id(of: part) : vocabulary.id(of: ByteAlphabet.piece(of: part))
    }

    /// The token of the byte or character at a place, which is moved behind it.
    private func takeToken(at place: inout Int, in part: ArraySlice<UInt8>) -> Int32? {
        guard bytes.isEmpty else {
            defer { place += 1 }
            return bytes[Int(part[place])]
        }
        let start = place
        place = part.scalar(at: place)?.end ?? part.endIndex
        return vocabulary.id(of: part[start..<place])
    }
}
