import Foundation

/// SentencePiece's map from characters to what stands for them: the component `Precompiled`.
///
/// A trie in a double array (Darts, https://github.com/s-yata/darts-clone) leads to texts that end with a zero. As
/// `tokenizers` does it, not as SentencePiece: a cluster of up to five bytes that begins with an entry becomes the entry's
/// text as a whole, what follows in the cluster is lost; in all other clusters every character is looked up alone.
struct CharacterMap {
    private let trie: [UInt32]
    private let texts: [UInt8]

    /// The longest cluster that is looked up whole, in bytes.
    private static let longestCluster = 5

    /// Reads a map as SentencePiece writes it: the size of the trie, the trie, the texts; or nil where that does not fit.
    init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        func word(at place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        guard bytes.count >= 4, case let size = Int(word(at: 0)), size % 4 == 0, size > 0,
            4 + size <= bytes.count
        else {
            return nil
        }
        trie = stride(from: 4, to: 4 + size, by: 4).map(word)
        texts = Array(bytes[(4 + size)...])
    }

    /// Reads a map in base 64.
    init(_ field: TokenizerField) throws(TokenizerError) {
        guard let bytes = Data(base64Encoded: try field.string), let map = CharacterMap(bytes) else {
            throw field.failure(.inconsistent("holds no map of characters"))
        }
        self = map
    }

    /// The text with everything replaced that is in the map.
    func normalised(_ text: TextPart) -> TextPart {
        var edit = TextEdit(of: text)
        /// Where nothing was written yet, the first characters have become nothing, and what follows counts as them.
        func append(_ bytes: ArraySlice<UInt8>, for place: Int) {
            edit.append(bytes, for: edit.isEmpty ? text.bytes.startIndex : place)
        }
        var place = text.bytes.startIndex
        for cluster in String(decoding: text.bytes, as: UTF8.self) {
            let end = place + cluster.utf8.count
            if cluster.utf8.count <= Self.longestCluster,
                let replacement = replacement(of: text.bytes[place..<end])
            {
                append(replacement, for: place)
                place = end
                continue
            }
            while place < end, let next = text.bytes.scalar(at: place) {
                let character = text.bytes[place..<next.end]
                append(replacement(of: character) ?? character, for: place)
                place = next.end
            }
        }
        return edit.result
    }

    /// What stands for the shortest entry with which some bytes begin.
    private func replacement(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var node = Self.offset(of: trie[0])
        for byte in bytes {
            guard byte != 0 else { return nil }
            node ^= Int(byte)
            guard trie.indices.contains(node), Self.label(of: trie[node]) == UInt32(byte) else { return nil }
            let unit = trie[node]
            node ^= Self.offset(of: unit)
            if Self.hasLeaf(unit), trie.indices.contains(node) {
                return text(at: Int(trie[node] & 0x7FFF_FFFF))
            }
        }
        return nil
    }

    private func text(at start: Int) -> ArraySlice<UInt8>? {
        guard start <= texts.count else { return nil }
        return texts[start...].prefix { $0 != 0 }
    }

    private static func hasLeaf(_ unit: UInt32) -> Bool { (unit >> 8) & 1 == 1 }

    private static func label(of unit: UInt32) -> UInt32 { unit & 0x8000_00FF }

    private static func offset(of unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 0x200) >> 6)) }
}
