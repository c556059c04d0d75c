/// Makes text of tokens: the component `decoder`.
indirect enum TokenDecoder: Sendable {
    /// Reads characters of the byte alphabet as bytes, of all tokens together.
    case byteLevel
    /// Writes spaces for marks, but none for those that were put before the first token.
    case metaspace(Metaspace)
    case replace(Pattern, by: String)
    /// Takes up to so many of a character from the beginning and the end of every token.
    case strip(Unicode.Scalar, start: Int, end: Int)
    /// Joins all tokens to one.
    case fuse
    /// One after another.
    case sequence([TokenDecoder])

    /// The texts that tokens stand for, to be joined.
    ///
    /// - Parameter isBeginning: whether the tokens begin a text, or stand somewhere within one.
    func texts(of tokens: [String], isBeginning: Bool) -> [String] {
        switch self {
        case .byteLevel: [String(decoding: tokens.flatMap(ByteAlphabet.bytes), as: UTF8.self)]
        case .metaspace(let metaspace):
            tokens.enumerated().map { index, token in
                Self.withSpaces(
                    token, for: metaspace.mark, isDropping: index == 0 && isBeginning && metaspace.addsMark)
            }
        case .replace(let pattern, let replacement):
            tokens.map { token in
                let text = TextPart(bytes: Array(token.utf8)[...], headLength: 0)
                return String(decoding: text.replacing(pattern, by: replacement).bytes, as: UTF8.self)
            }
        case .strip(let character, let start, let end):
            tokens.map { Self.stripped($0, of: character, start: start, end: end) }
        case .fuse: [tokens.joined()]
        case .sequence(let decoders): decoders.reduce(tokens) { $1.texts(of: $0, isBeginning: isBeginning) }
        }
    }

    private static func withSpaces(_ token: String, for mark: Unicode.Scalar, isDropping: Bool) -> String {
        var text = ""
        for scalar in token.unicodeScalars {
            if scalar != mark { text.unicodeScalars.append(scalar) } else if !isDropping { text += " " }
        }
        return text
    }

    private static func stripped(_ token: String, of scalar: Unicode.Scalar, start: Int, end: Int) -> String {
        var rest = token.unicodeScalars[...]
        for _ in 0..<start where rest.first == scalar { rest.removeFirst() }
        for _ in 0..<end where rest.last == scalar { rest.removeLast() }
        return String(rest)
    }
}

extension TokenDecoder {
    private static let supported = "ByteLevel, Metaspace, Replace, Strip, Fuse and Sequence"

    /// Reads the component `decoder`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        switch try field.type {
        case "ByteLevel": self = .byteLevel
        case "Metaspace": self = .metaspace(try Metaspace(field))
        case "Replace":
            self = .replace(try Pattern(field.required("pattern")), by: try field.required("content").string)
        case "Strip":
            let content = try field.required("content")
            guard let scalar = try content.string.unicodeScalars.first,
                try content.string.unicodeScalars.count == 1
            else { throw content.unsupported("one character") }
            self = .strip(
                scalar, start: try field.required("start").count, end: try field.required("stop").count)
        case "Fuse": self = .fuse
        case "Sequence":
            var members: [TokenDecoder] = []
            for member in try field.required("decoders").elements { members.append(try TokenDecoder(member)) }
            self = .sequence(members)
        default: throw try field.unsupportedType(Self.supported)
        }
    }
}
