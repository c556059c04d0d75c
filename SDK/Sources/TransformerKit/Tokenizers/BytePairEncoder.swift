/// Byte-level byte-pair encoding of words, remembering the words that it has seen.
struct BytePairEncoder {
    /// What becomes of a byte that the vocabulary lacks.
    struct UnknownToken {
        let id: Int32
        /// Whether a run of unknown bytes becomes one token.
        let isFused: Bool
    }

    private let vocabulary: Vocabulary
    private let merges: MergeTable
    private let unknown: UnknownToken?
    /// Whether a word that is an entry as a whole becomes that entry without merging.
    private let ignoresMerges: Bool
    private let idsOfBytes: [Int32?]
    private var merger = WordMerger()
    private var symbols: [Int32] = []
    private var words = ByteStringTable()
    private var wordIds: [Int32] = []
    private var wordEnds: [Int] = []

    private static let largestRememberedCount = 1 << 15
    private static let longestRememberedWord = 64

    init(vocabulary: Vocabulary, merges: MergeTable, unknown: UnknownToken?, ignoresMerges: Bool) {
        self.vocabulary = vocabulary
        self.merges = merges
        self.unknown = unknown
        self.ignoresMerges = ignoresMerges
        idsOfBytes = ByteAlphabet.characters.map { character in
            let piece = Array(String(character).utf8)
            return vocabulary.modelId(of: piece.span)
        }
    }

    /// Appends the ids of a word.
    mutating func encode(_ word: Span<UInt8>, into ids: inout [Int32]) {
        if let ordinal = words.ordinal(of: word) {
            ids.append(contentsOf: wordIds[(ordinal == 0 ? 0 : wordEnds[ordinal - 1])..<wordEnds[ordinal]])
            return
        }
        fillSymbols(of: word)
        ids.append(contentsOf: symbols)
        remember(word)
    }

    private mutating func fillSymbols(of word: Span<UInt8>) {
        symbols.removeAll(keepingCapacity: true)
        if ignoresMerges, let id = wholeWordId(word) {
            symbols.append(id)
            return
        }
        var isAfterUnknown = false
        for index in word.indices {
            if let id = idsOfBytes[Int(word[index])] {
                symbols.append(id)
                isAfterUnknown = false
            } else if let unknown {
                if !(isAfterUnknown && unknown.isFused) { symbols.append(unknown.id) }
                isAfterUnknown = true
            }
        }
        merger.merge(&symbols, by: merges)
    }

    private func wholeWordId(_ word: Span<UInt8>) -> Int32? {
        let piece = ByteAlphabet.piece(of: word)
        return vocabulary.modelId(of: piece.span)
    }

    private mutating func remember(_ word: Span<UInt8>) {
        guard word.count <= Self.longestRememberedWord else { return }
        if words.count == Self.largestRememberedCount {
            words.removeAll()
            wordIds.removeAll(keepingCapacity: true)
            wordEnds.removeAll(keepingCapacity: true)
        }
        guard words.insert(word) != nil else { return }
        wordIds.append(contentsOf: symbols)
        wordEnds.append(wordIds.count)
    }
}
