/// A token that is recognised in a text before the text is cut into words.
struct AddedToken: Sendable {
    let id: Int32
    /// Its text.
    let content: String
    /// Whether it takes the space before it.
    let stripsLeft: Bool
    /// Whether it takes the space after it.
    let stripsRight: Bool
    /// Whether it counts only where no letter, digit or underscore adjoins it.
    let isSingleWord: Bool
    /// Whether it is looked for after normalisation, in what the others have left.
    let isNormalized: Bool
    /// Whether decoding may leave it out.
    let isSpecial: Bool
}

/// Finds added tokens in a text: leftmost first, and of those that begin at the same place the longest.
struct AddedTokenFinder {
    private struct Entry {
        let content: [UInt8]
        let token: AddedToken
    }

    /// A stretch of text that is one added token, or none.
    struct Stretch {
        let range: Range<Int>
        let id: Int32?
    }

    /// By first byte, the longest first.
    private var entries: [[Entry]]

    init(_ tokens: [AddedToken]) {
        entries = Array(repeating: [], count: 256)
        for token in tokens {
            let content = Array(token.content.utf8)
            guard let first = content.first else { continue }
            entries[Int(first)].append(Entry(content: content, token: token))
        }
        for first in entries.indices { entries[first].sort { $0.content.count > $1.content.count } }
    }

    /// Appends the stretches of a part of a text, in order and without gap.
    func appendStretches(of range: Range<Int>, in text: Span<UInt8>, to stretches: inout [Stretch]) {
        var taken = range.lowerBound
        var place = range.lowerBound
        while place < range.upperBound {
            guard let entry = entry(at: place, in: text, to: range.upperBound) else {
                place += 1
                continue
            }
            let match = place..<(place + entry.content.count)
            place = match.upperBound
            if entry.token.isSingleWord, isAdjoined(match, in: text, within: range) { continue }
            let stretch = stretch(of: entry.token, at: match, in: text, within: taken..<range.upperBound)
            if taken < stretch.lowerBound {
                stretches.append(Stretch(range: taken..<stretch.lowerBound, id: nil))
            }
            stretches.append(Stretch(range: stretch, id: entry.token.id))
            taken = stretch.upperBound
        }
        if taken < range.upperBound { stretches.append(Stretch(range: taken..<range.upperBound, id: nil)) }
    }

    private func entry(at place: Int, in text: Span<UInt8>, to end: Int) -> Entry? {
        entries[Int(text[place])].first { entry in
            place + entry.content.count <= end
                && entry.content.indices.allSatisfy { text[place + $0] == entry.content[$0] }
        }
    }

    /// What a token takes where it matches: some of the space around it, but nothing that is taken already.
    private func stretch(
        of token: AddedToken, at match: Range<Int>, in text: Span<UInt8>, within open: Range<Int>
    ) -> Range<Int> {
        var (start, end) = (max(match.lowerBound, open.lowerBound), match.upperBound)
        while token.stripsLeft, start > open.lowerBound {
            let (scalar, length) = text.scalar(before: start)
            guard scalar.properties.isWhitespace else { break }
            start -= length
        }
        if token.stripsRight {
            end = text.endOfRun(from: end, to: open.upperBound) { $0.properties.isWhitespace }
        }
        return start..<max(start, end)
    }

    private func isAdjoined(_ match: Range<Int>, in text: Span<UInt8>, within range: Range<Int>) -> Bool {
        let isAfterWord =
            match.lowerBound > range.lowerBound && text.scalar(before: match.lowerBound).scalar.isInWord
        let isBeforeWord =
            match.upperBound < range.upperBound && text.scalar(at: match.upperBound).scalar.isInWord
        return isAfterWord || isBeforeWord
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is part of a word: `\w` of Unicode Technical Standard 18, annex C.
    fileprivate var isInWord: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
        default: properties.isAlphabetic || properties.isJoinControl
        }
    }
}
