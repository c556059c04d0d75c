import SondeJSON

/// The tokens that a file adds to those of its model.
struct AddedVocabulary {
    /// The tokens in the order of the file.
    private(set) var tokens: [AddedToken] = []
    /// The ids of special tokens.
    private(set) var special: Set<Int32> = []
    private var contents: [Int32: String] = [:]

    /// Special tokens whose ids are known.
    init(special: [AddedToken]) {
        for token in special { add(token) }
    }

    /// Reads the elements of `added_tokens`.
    init(_ field: TokenizerField?, addedTo vocabulary: PieceTable) throws(TokenizerError) {
        /// The id of the next token that the model lacks: they follow the vocabulary without a gap.
        var next = Int32(vocabulary.count)
        for member in try field?.elements ?? [] {
            let token = try AddedToken(member)
            if token.content.isEmpty { continue }
            let id = vocabulary.id(of: token.content) ?? next
            guard token.id == id else {
                throw member.failure(.inconsistent("has the id \(token.id), which should be \(id)"))
            }
            if let other = contents[id] {
                throw member.failure(.inconsistent("has the id \(id) of \(JSONValue.string(other))"))
            }
            next = max(next, id + 1)
            add(token)
        }
    }

    private mutating func add(_ token: AddedToken) {
        contents[token.id] = token.content
        tokens.append(token)
        if token.isSpecial { special.insert(token.id) }
    }

    /// The largest id and one more.
    var endOfIDs: Int { contents.keys.max().map { Int($0) + 1 } ?? 0 }

    /// The content of the token of an id.
    func content(of id: Int32) -> String? { contents[id] }

    /// The id of a token by its content.
    func id(of content: String) -> Int32? {
        tokens.first { $0.content.utf8.elementsEqual(content.utf8) }?.id
    }
}
