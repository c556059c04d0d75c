import SondeJSON

extension BytePairModel {
    /// Reads the component `model`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        if let type = try field.optional("type"), try type.string != "BPE" {
            throw type.failure(.unsupported(type.value.text(), supported: "\"BPE\""))
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
            throw try field.required("byte_fallback").failure(.unsupported("true", supported: "false"))
        }
        if let dropout = try field.optional("dropout"), dropout.value.doubleValue != 0 {
            throw dropout.failure(.unsupported(dropout.value.text(), supported: "null"))
        }
    }

    private static func vocabulary(_ field: TokenizerField) throws(TokenizerError) -> PieceTable {
        let entries = try field.object
        var vocabulary = PieceTable(capacity: entries.count)
        for (piece, value) in entries {
            guard let id = TokenizerField.id(of: value) else {
                throw field.failure(
                    .inconsistent("gives \(JSONValue.string(piece)) the id \(value), which no token can have")
                )
            }
            if let other = vocabulary.insert(piece, id: id) {
                let names = "\(JSONValue.string(other)) and \(JSONValue.string(piece))"
                throw field.failure(.inconsistent("gives \(names) the same id \(id)"))
            }
        }
        return vocabulary
    }

    private static func merges(
        _ field: TokenizerField, of vocabulary: PieceTable
    ) throws(TokenizerError) -> [UInt64: Merge] {
        guard let entries = field.value.arrayValue else { throw field.wrongKind("an array") }
        var merges = [UInt64: Merge](minimumCapacity: entries.count)
        var rank: UInt32 = 0
        for (index, entry) in entries.enumerated() where !isVersion(entry) {
            guard let (left, right) = neighbours(entry) else {
                throw field.element(index).wrongKind("two pieces")
            }
            guard let leftID = vocabulary.id(of: left), let rightID = vocabulary.id(of: right),
                let id = vocabulary.id(of: left, followedBy: right)
            else {
                let place = field.element(index)
                throw place.failure(
                    .inconsistent("is \(entry), of which 'model.vocab' lacks a part or the whole"))
            }
            merges[pairKey(leftID, rightID)] = Merge(rank: rank, id: id)
            rank += 1
        }
        return merges
    }

    /// Whether an entry is the line with which files of merges begin.
    private static func isVersion(_ entry: JSONValue) -> Bool {
        entry.stringValue?.hasPrefix("#version") == true
    }

    /// The two pieces of a merge, written as one string with a space between them or as an array.
    private static func neighbours(_ entry: JSONValue) -> (left: String, right: String)? {
        switch entry {
        case .string(let text):
            let pieces = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard pieces.count == 2 else { return nil }
            return (String(Substring(pieces[0])), String(Substring(pieces[1])))
        case .array(let pieces):
            guard pieces.count == 2, let left = pieces[0].stringValue, let right = pieces[1].stringValue
            else {
                return nil
            }
            return (left, right)
        default: return nil
        }
    }
}
