import Safetensors

extension Tokenizer {
    /// Reads RoBERTa's `vocab.json` and `merges.txt`, which say nothing of the other components: those of RoBERTa.
    ///
    /// - Throws: ``TokenizerError`` that names the file and the place.
    public convenience init(vocabulary file: String, merges: String) throws(TokenizerError) {
        let root = try TokenizerField(file: file)
        let vocabulary = try BytePairModel.vocabulary(root)
        var special: [AddedToken] = []
        for content in ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] {
            guard let id = vocabulary.id(of: content) else {
                throw TokenizerError(file: file, field: content, .missing)
            }
            special.append(AddedToken(special: content, id: id))
        }
        let model = BytePairModel(
            vocabulary: vocabulary, merges: try Self.merges(of: merges, vocabulary), takesBytes: true)
        self.init(
            Components(
                added: AddedVocabulary(special: special), preTokenizer: .gpt2, model: .bytePair(model),
                template: SpecialTokenTemplate(before: [special[0].id], after: [special[2].id]),
                decoder: .byteLevel))
    }

    private static func merges(
        of file: String, _ vocabulary: PieceTable
    ) throws(TokenizerError) -> PairTable<BytePairModel.Merge> {
        var reader = MergeReader(vocabulary)
        try MappedFile.withBytes(ofTokenizer: file) { bytes throws(TokenizerError) in
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where !line.isEmpty {
                let outcome = Array(line).withUnsafeBufferPointer { reader.read(line: $0.span) }
                guard let reason = Self.reason(of: outcome, line) else { continue }
                throw TokenizerError(file: file, field: "line \(index + 1)", reason)
            }
        }
        return reader.table
    }

    /// Why a line is refused, or nil if it is not.
    private static func reason(
        of outcome: MergeReader.Outcome, _ line: Slice<UnsafeRawBufferPointer>
    ) -> TokenizerError.Reason? {
        switch outcome {
        case .taken: nil
        case .malformed: .wrongKind(expected: "two pieces", found: String(decoding: line, as: UTF8.self))
        case .unknownPiece: .inconsistent("has a piece that the vocabulary lacks, or makes one")
        }
    }
}
