import SondeJSON

extension BytePairModel {
    /// Reads the component `model`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        if let type = try field.optional("type"), try type.string != "BPE" {
            throw type.unsupported("\"BPE\"")
        }
        try Self.refuseOptions(of: field)
        let vocabulary = try Self.vocabulary(field.required("vocab"))
        self.vocabulary = vocabulary
        bytes = ByteAlphabet.characters.map { vocabulary.id(of: String($0)) }
        merges = try Self.merges(field.required("merges"), of: vocabulary)
        unknown = try field.optional("unk_token").map { name throws(TokenizerError) in
            try name.id(in: vocabulary)
        }
        isUnknownFused = try field.boolean("fuse_unk", absent: false)
        isWholePiecePreferred = try field.boolean("ignore_merges", absent: false)
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

    private static func vocabulary(_ field: TokenizerField) throws(TokenizerError) -> PieceTable {
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
    ) throws(TokenizerError) -> MergeTable {
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
