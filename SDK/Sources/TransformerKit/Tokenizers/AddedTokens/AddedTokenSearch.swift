/// A stretch of a text.
enum TextSegment {
    /// Text that still has to be encoded.
    case text(TextPart)
    /// A token that was recognised, with the white space that it takes.
    case token(Int32)
}

/// Finds added tokens in a text: from left to right, of several at one place the longest.
struct AddedTokenSearch {
    private struct Entry {
        let token: AddedToken
        let content: [UInt8]
    }

    /// The tokens that begin with each byte, the longest first.
    private var entries: [[Entry]] = Array(repeating: [], count: 256)
    private let isEmpty: Bool

    /// A search for these tokens, whose contents the normaliser changes as it does the text; one without content is
    /// never found.
    init(_ tokens: [AddedToken], normaliser: Normaliser? = nil) {
        isEmpty = tokens.isEmpty
        for token in tokens {
            let written = TextPart(bytes: Array(token.content.utf8)[...], headLength: 0)
            let content = Array((normaliser?.normalised(written) ?? written).bytes)
            guard let first = content.first else { continue }
            entries[Int(first)].append(Entry(token: token, content: content))
        }
        for first in entries.indices { entries[first].sort { $0.content.count > $1.content.count } }
    }

    /// The tokens of a text and what stands between them; nothing is lost.
    func segments(of part: TextPart) -> [TextSegment] {
        guard !isEmpty else { return [.text(part)] }
        let text = part.bytes
        var segments: [TextSegment] = []
        /// The end of what the segments cover.
        var covered = text.startIndex
        var place = text.startIndex
        while place < text.endIndex {
            guard let entry = longestEntry(at: place, in: text) else {
                place += 1
                continue
            }
            let found = place..<(place + entry.content.count)
            place = found.upperBound
            if entry.token.isSingleWord, adjoinsWord(found, in: text) { continue }
            let start =
                entry.token.takesSpaceBefore
                ? max(text.beginOfSpace(before: found.lowerBound), covered) : found.lowerBound
            // All of it is white space that the token before has taken.
            guard start < found.upperBound else { continue }
            if covered < start { segments.append(.text(part[covered..<start])) }
            segments.append(.token(entry.token.id))
            covered =
                entry.token.takesSpaceAfter ? text.endOfSpace(after: found.upperBound) : found.upperBound
        }
        if covered < text.endIndex { segments.append(.text(part[covered..<text.endIndex])) }
        return segments
    }

    private func longestEntry(at place: Int, in text: ArraySlice<UInt8>) -> Entry? {
        entries[Int(text[place])].first { text[place...].starts(with: $0.content) }
    }

    private func adjoinsWord(_ found: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
        let before = text.placeOfScalar(before: found.lowerBound).flatMap { text.scalar(at: $0) }
        let after = text.scalar(at: found.upperBound)
        return before?.scalar.isPartOfWord == true || after?.scalar.isPartOfWord == true
    }
}
