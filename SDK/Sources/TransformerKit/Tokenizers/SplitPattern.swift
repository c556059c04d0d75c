/// The regular expressions by which byte-level tokenizers cut a text, each as a scanner written by hand.
enum SplitPattern: CaseIterable {
    /// BLOOM's: an optional space and a run of what is neither space nor one of a few punctuation marks.
    case bloom
    /// GPT-2's, which RoBERTa shares: contractions, letters, numbers, other signs, space.
    case gpt2

    /// The scanner for a regular expression of a tokenizer file, or nil if there is none.
    init?(regularExpression: String) {
        guard let match = Self.allCases.first(where: { $0.regularExpression == regularExpression }) else {
            return nil
        }
        self = match
    }

    /// The regular expression as tokenizer files write it.
    var regularExpression: String {
        switch self {
        case .bloom: #" ?[^(\s|[.,!?…。，、।۔،])]+"#
        case .gpt2: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        }
    }

    /// The end of the piece that begins at `start`: of a match, or of what lies between two matches.
    func endOfPiece(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        switch self {
        case .bloom: BloomScanner.endOfPiece(in: bytes, from: start, to: end)
        case .gpt2: GPT2Scanner.endOfPiece(in: bytes, from: start, to: end)
        }
    }
}
