/// Shortens the fields of one example by whole words, always at the end of the field that has most words left.
///
/// Words are what white space separates. The state after `n` words have gone is computed at once, so that the smallest
/// sufficient `n` can be found by bisection.
struct WordCut {
    private let texts: [String]
    /// For each text the places where its words end.
    private let wordEnds: [[String.Index]]

    init(_ texts: [String]) {
        self.texts = texts
        wordEnds = texts.map(Self.wordEnds)
    }

    /// How many words there are to lose.
    var wordCount: Int { wordEnds.reduce(0) { $0 + $1.count } }

    /// The texts when `removed` words have gone.
    func texts(removing removed: Int) -> [String] {
        guard removed > 0 else { return texts }
        return zip(zip(texts, wordEnds), keptCounts(removing: removed)).map { field, kept in
            let (text, ends) = field
            if kept == ends.count { return text }
            return kept == 0 ? "" : String(text[..<ends[kept - 1]])
        }
    }

    /// How many words each field keeps; of equally long fields the first loses a word first.
    private func keptCounts(removing removed: Int) -> [Int] {
        let counts = wordEnds.map(\.count)
        func removedAbove(_ level: Int) -> Int { counts.reduce(0) { $0 + max(0, $1 - level) } }
        var (low, high) = (0, counts.max() ?? 0)
        while low < high {
            let middle = (low + high) / 2
            if removedAbove(middle) <= removed { high = middle } else { low = middle + 1 }
        }
        var left = removed - removedAbove(low)
        return counts.map { count in
            let kept = min(count, low)
            guard left > 0, kept == low, kept > 0 else { return kept }
            left -= 1
            return kept - 1
        }
    }

    private static func wordEnds(_ text: String) -> [String.Index] {
        var ends: [String.Index] = []
        var isInWord = false
        for index in text.unicodeScalars.indices {
            let isSpace = text.unicodeScalars[index].properties.isWhitespace
            if isInWord && isSpace { ends.append(index) }
            isInWord = !isSpace
        }
        if isInWord { ends.append(text.endIndex) }
        return ends
    }
}
