extension Tokenizer {
    /// How many sentinels `<extra_id_N>` follow T5's pieces, the last first.
    private static let sentinelCount = 100

    /// Reads T5's `spiece.model`, with the sentinels that follow its pieces and with T5's other components.
    ///
    /// Tokens are those of `tokenizers`, as transformers makes it of such a file. SentencePiece itself differs for a few
    /// marks, because `tokenizers` looks clusters of characters up where SentencePiece takes the longest entry.
    ///
    /// - Throws: ``TokenizerError`` that names the file and what is wrong or not supported.
    public convenience init(sentencePiece file: String) throws(TokenizerError) {
        let content = try SentencePieceFile(file)
        let sentinels = (0..<Self.sentinelCount).reversed().map { "<extra_id_\($0)>" }
        let model = UnigramModel(
            content.pieces + sentinels.map { (Array($0.utf8), 0) }, unknown: content.unknown)
        let special = (["<pad>", "</s>", "<unk>"] + sentinels).compactMap { content -> AddedToken? in
            model.vocabulary.id(of: content).map { AddedToken(special: content, id: $0) }
        }
        guard let end = model.vocabulary.id(of: "</s>") else {
            throw TokenizerError(file: file, field: "</s>", .missing)
        }
        self.init(
            Components(
                added: AddedVocabulary(special: special),
                normaliser: content.characterMap.map { .precompiled($0) },
                preTokenizer: .markedWords, model: .unigram(model),
                template: SpecialTokenTemplate(before: [], after: [end]),
                decoder: .metaspace(Metaspace(mark: "▁"))))
    }
}
