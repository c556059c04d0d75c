/// The regular expressions by which pre-tokenizers divide a text, as hand-written scanners.
enum SplitPattern: CaseIterable {
    /// BLOOM's: a run of characters that are neither white space nor common punctuation, with the space before it.
    case bloom
    /// GPT-2's: contractions, and runs of letters, of numbers, of other characters and of white space.
    case gpt2

    /// The expression as files write it.
    ///
    /// BLOOM's is read by Oniguruma, in which `[` opens a set within the set: the parentheses and the bar are members.
    var expression: String {
        switch self {
        case .bloom: #" ?[^(\s|[.,!?…。，、।۔،])]+"#
        case .gpt2: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        }
    }

    /// The parts of a text: what the expression matches, and what stands between matches; nothing is lost.
    func parts(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        parts.reserveCapacity(text.count / 4)
        var start = text.startIndex
        while start < text.endIndex {
            let end =
                switch self {
                case .bloom: BloomScanner.endOfPart(at: start, in: text)
                case .gpt2: GPT2Scanner.endOfPart(at: start, in: text)
                }
            parts.append(text[start..<end])
            start = end
        }
        return parts
    }
}
