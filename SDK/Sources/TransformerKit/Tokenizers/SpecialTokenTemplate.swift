/// The special tokens that a tokenizer puts around a text.
struct SpecialTokenTemplate {
    let before: [Int32]
    let after: [Int32]

    /// No tokens.
    static let none = SpecialTokenTemplate(before: [], after: [])

    private init(before: [Int32], after: [Int32]) {
        self.before = before
        self.after = after
    }

    /// Reads the component `post_processor`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        switch try field.type {
        case "ByteLevel": self = .none  // It moves offsets only.
        case "TemplateProcessing": try self.init(template: field)
        case "RobertaProcessing":
            self.init(before: [try Self.id(in: field, "cls")], after: [try Self.id(in: field, "sep")])
        default: throw try field.unsupportedType("TemplateProcessing, RobertaProcessing and ByteLevel")
        }
    }

    private init(template: TokenizerField) throws(TokenizerError) {
        let single = try template.required("single")
        let tokens = try template.required("special_tokens")
        var groups: [[Int32]] = [[]]
        for element in try single.elements {
            if let token = try element.optional("SpecialToken") {
                groups[groups.count - 1] += try Self.ids(of: token.required("id"), in: tokens)
            } else if try element.required("Sequence").required("id").string == "A" {
                groups.append([])
            } else {
                throw element.unsupported("the sequence \"A\"")
            }
        }
        guard groups.count == 2 else {
            throw single.unsupported("the sequence \"A\" exactly once")
        }
        self.init(before: groups[0], after: groups[1])
    }

    private static func ids(of name: TokenizerField, in tokens: TokenizerField) throws(TokenizerError)
        -> [Int32]
    {
        var ids: [Int32] = []
        for id in try tokens.required(name.string).required("ids").elements { ids.append(try id.id) }
        return ids
    }

    /// The id of a token that is given as a pair of text and id.
    private static func id(in field: TokenizerField, _ name: String) throws(TokenizerError) -> Int32 {
        let pair = try field.required(name)
        guard let id = try pair.elements.dropFirst().first else {
            throw pair.unsupported("a token and its id")
        }
        return try id.id
    }
}
