/// Byte-pair encoding: pieces of text and the order in which neighbours are merged into longer ones.
///
/// Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units",
/// https://doi.org/10.18653/v1/P16-1162, on the bytes of the text.
struct BytePairModel {
    /// The pieces, spelt with the byte alphabet.
    let vocabulary: PieceTable
    /// The token of every byte, or nil where the vocabulary lacks it.
    let bytes: [Int32?]
    /// What neighbours become.
    let merges: MergeTable
    /// What stands for bytes that the vocabulary lacks; without it they are left out.
    let unknown: Int32?
    /// Whether neighbouring unknown bytes become one token.
    let isUnknownFused: Bool
    /// Whether a part that is a piece as a whole is taken as it is, whatever merges would make of it.
    let isWholePiecePreferred: Bool

    /// Appends the tokens of one part of a text.
    func encode(_ part: ArraySlice<UInt8>, with merger: inout BytePairMerger, into ids: inout [Int32]) {
        if isWholePiecePreferred, let id = vocabulary.id(of: ByteAlphabet.piece(of: part)) {
            ids.append(id)
            return
        }
        merger.begin()
        var followsUnknown = false
        for byte in part {
            let token = bytes[Int(byte)]
            if let id = token ?? (followsUnknown && isUnknownFused ? nil : unknown) { merger.append(id) }
            followsUnknown = token == nil
        }
        merger.merge(with: merges, into: &ids)
    }
}
