import SondeJSON

extension BytePairModel {
    /// A model of pieces and merges.
    ///
    /// - Parameter takesBytes: whether the parts of a text are bytes, which the byte alphabet spells.
    init(
        vocabulary: PieceTable, merges: PairTable<Merge>, takesBytes: Bool, unknown: Int32? = nil,
        isUnknownFused: Bool = false, isWholePiecePreferred: Bool = false
    ) {
        self.vocabulary = vocabulary
        self.merges = merges
        bytes = takesBytes ? ByteAlphabet.characters.map { vocabulary.id(of: String($0)) } : []
        self.unknown = unknown
        self.isUnknownFused = isUnknownFused
        self.isWholePiecePreferred = isWholePiecePreferred
    }

    /// Reads the component `model`.
    init(_ field: TokenizerField, takesBytes: Bool) throws(TokenizerError) {
        try Self.refuseOptions(of: field)
        let vocabulary = try Self.vocabulary(field.required("vocab"))
        let unknown = try field.optional("unk_token").map { name throws(TokenizerError) in
            try name.id(in: vocabulary)
        }
        self.init(
            vocabulary: vocabulary, merges: try Self.merges(field.required("merges"), of: vocabulary),
            takesBytes: takesBytes, unknown: unknown,
            isUnknownFused: try field.boolean("fuse_unk", absent: false),
            isWholePiecePreferred: try field.boolean("ignore_merges", absent: false))
    }

    private static func refuseOptions(of field: TokenizerField) throws(TokenizerError) {
        try field.requireNothing(at: "continuing_subword_prefix")
        try field.requireNothing(at: "end_of_word_suffix")
        if try field.boolean("byte_fallback", absent: false) {
            throw try field.required("byte_fallback").unsupported("false")
        }
        if let dropout = try field.optional("dropout"), try dropout.value.doubleValue != 0 {
            throw dropout.unsupported("null")
        }
    }

    /// Reads an object of pieces with their ids.
    static func vocabulary(_ field: TokenizerField) throws(TokenizerError) -> PieceTable {
        var vocabulary = PieceTable()
        try field.forEachMember { piece, value throws(TokenizerError) in
            guard let id = TokenizerField.id(of: value.intValue) else {
                let name = JSONValue.string(String(utf8: piece))
                throw field.failure(
                    .inconsistent("gives \(name) the id \(value.value), which no token can have"))
            }
            if let other = vocabulary.insert(piece, id: id) {
                let names = "\(JSONValue.string(other)) and \(JSONValue.string(String(utf8: piece)))"
                throw field.failure(.inconsistent("gives \(names) the same id \(id)"))
            }
        }
        return vocabulary
    }

    private static func merges(
        _ field: TokenizerField, of vocabulary: PieceTable
    ) throws(TokenizerError) -> PairTable<Merge> {
        var merges = MergeReader(vocabulary)
        try field.forEachElement { index, entry throws(TokenizerError) in
            switch merges.read(entry) {
            case .taken: break
            case .malformed: throw field.wrongKind(at: index, entry.value, "two pieces")
            case .unknownPiece:
                let words = "is \(entry.value), of which 'model.vocab' lacks a part or the whole"
                throw field.failure(at: index, .inconsistent(words))
            }
        }
        return merges.table
    }
}
