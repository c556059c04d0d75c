/// The special tokens that a tokenizer puts around a text.
struct SpecialTokenTemplate {
    let before: [Int32]
    let after: [Int32]

    /// Tokens before and after.
    init(before: [Int32], after: [Int32]) {
        self.before = before
        self.after = after
    }

    /// No tokens.
    static let none = SpecialTokenTemplate(before: [], after: [])

    /// Reads the component `post_processor`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        switch try field.type {
        case "ByteLevel": self = .none  // It moves offsets only.
        case "TemplateProcessing": try self.init(template: field)
        case "RobertaProcessing":
            self.init(before: [try Self.id(of: "cls", in: field)], after: [try Self.id(of: "sep", in: field)])
        default: throw try field.unsupportedType("TemplateProcessing, RobertaProcessing and ByteLevel")
        }
    }

    /// The id of a token that is written as a pair of its content and its id.
    private static func id(of key: String, in field: TokenizerField) throws(TokenizerError) -> Int32 {
        let pair = try field.required(key)
        guard try pair.elements.count == 2 else { throw pair.wrongKind("a token and its id") }
        return try pair.elements[1].id
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
}
