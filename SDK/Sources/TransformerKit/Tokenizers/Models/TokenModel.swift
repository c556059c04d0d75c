/// Makes tokens of the parts of a text: the component `model`.
enum TokenModel {
    case bytePair(BytePairModel)
    case unigram(UnigramModel)

    /// The pieces and their ids.
    var vocabulary: PieceTable {
        switch self {
        case .bytePair(let model): model.vocabulary
        case .unigram(let model): model.vocabulary
        }
    }

    /// Appends the tokens of the parts of a text.
    func encode(_ parts: [TextPart], with merger: inout BytePairMerger, into ids: inout [Int32]) {
        switch self {
        case .bytePair(let model): for part in parts { model.encode(part.bytes, with: &merger, into: &ids) }
        case .unigram(let model): for part in parts { model.encode(part.bytes, into: &ids) }
        }
    }

    /// Reads the component `model`.
    ///
    /// - Parameter takesBytes: whether a byte-pair model gets the bytes of a text instead of characters for them.
    init(_ field: TokenizerField, takesBytes: Bool) throws(TokenizerError) {
        // Old files name no type.
        let oldType = try field.optional("merges") == nil ? "Unigram" : "BPE"
        switch try field.optional("type")?.string ?? oldType {
        case "BPE": self = .bytePair(try BytePairModel(field, takesBytes: takesBytes))
        case "Unigram": self = .unigram(try UnigramModel(field))
        default: throw try field.unsupportedType("BPE and Unigram")
        }
    }
}
