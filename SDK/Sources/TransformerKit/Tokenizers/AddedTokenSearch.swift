/// A stretch of a text.
enum TextSegment {
    /// Text that still has to be encoded.
    case text(ArraySlice<UInt8>)
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

    /// A search for these tokens; one without content is never found.
    init(_ tokens: [AddedToken]) {
        isEmpty = tokens.isEmpty
        for token in tokens {
            let content = Array(token.content.utf8)
            guard let first = content.first else { continue }
            entries[Int(first)].append(Entry(token: token, content: content))
        }
        for first in entries.indices { entries[first].sort { $0.content.count > $1.content.count } }
    }

    /// The tokens of a text and what stands between them; nothing is lost.
    func segments(of text: ArraySlice<UInt8>) -> [TextSegment] {
        guard !isEmpty else { return [.text(text)] }
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
                ? max(beginOfSpace(before: found.lowerBound, in: text), covered) : found.lowerBound
            // All of it is white space that the token before has taken.
            guard start < found.upperBound else { continue }
            if covered < start { segments.append(.text(text[covered..<start])) }
            segments.append(.token(entry.token.id))
            covered =
                entry.token.takesSpaceAfter ? endOfSpace(after: found.upperBound, in: text) : found.upperBound
        }
        if covered < text.endIndex { segments.append(.text(text[covered...])) }
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

    private func beginOfSpace(before end: Int, in text: ArraySlice<UInt8>) -> Int {
        var begin = end
        while let place = text.placeOfScalar(before: begin),
            text.scalar(at: place)?.scalar.properties.isWhitespace == true
        {
            begin = place
        }
        return begin
    }

    private func endOfSpace(after begin: Int, in text: ArraySlice<UInt8>) -> Int {
        var end = begin
        while let next = text.scalar(at: end), next.scalar.properties.isWhitespace { end = next.end }
        return end
    }
}
