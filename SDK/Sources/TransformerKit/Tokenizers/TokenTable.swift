import SondeJSON

/// All tokens by id: those of the model and those added to it.
struct TokenTable {
    /// The piece of every id; nil where an id has none.
    private(set) var pieces: [String?]
    /// The added tokens in the order of the file.
    private(set) var added: [AddedToken] = []
    /// The ids of the special ones.
    private(set) var special: Set<Int32> = []

    /// Joins a model's pieces and the elements of `added_tokens`.
    init(model: BytePairModel, added field: TokenizerField?) throws(TokenizerError) {
        pieces = model.pieces
        for member in try field?.elements ?? [] {
            let token = try AddedToken(member)
            guard addedID(of: token.content) == nil else {
                throw member.failure(.inconsistent("repeats \(JSONValue.string(token.content))"))
            }
            if let id = model.id(of: token.content), id != token.id {
                throw member.failure(
                    .inconsistent("has the id \(token.id), but 'model.vocab' has it as \(id)"))
            }
            if let other = pieces.put(token.content, at: token.id) {
                throw member.failure(.inconsistent("has the id \(token.id) of \(JSONValue.string(other))"))
            }
            added.append(token)
            if token.isSpecial { special.insert(token.id) }
        }
    }

    /// The id of an added token by its content.
    func addedID(of content: String) -> Int32? {
        added.first { $0.content.utf8.elementsEqual(content.utf8) }?.id
    }
}

extension [String?] {
    /// Puts a piece at its id, or returns the other piece that is there.
    mutating func put(_ piece: String, at id: Int32) -> String? {
        let index = Int(id)
        if index >= count { append(contentsOf: repeatElement(nil, count: index + 1 - count)) }
        if let present = self[index], !present.utf8.elementsEqual(piece.utf8) { return present }
        self[index] = piece
        return nil
    }
}
