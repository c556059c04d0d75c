import Safetensors
import SondeJSON

/// A value of a `tokenizer.json` together with its place, so that every error can name it.
struct TokenizerField {
    let file: String
    let path: String
    private let text: JSONText

    private init(file: String, path: String, text: JSONText) {
        self.file = file
        self.path = path
        self.text = text
    }

    /// The whole content of a file.
    init(file: String) throws(TokenizerError) {
        self = try MappedFile.withBytes(ofTokenizer: file) { bytes throws(TokenizerError) in
            do throws(JSONError) {
                return TokenizerField(file: file, path: "", text: try JSONText(parsing: bytes))
            } catch {
                throw TokenizerError(file: file, .malformed(error))
            }
        }
    }

    /// An error about this field.
    func failure(_ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file, field: path, reason)
    }

    /// An error about the value of this field, which is understood but not supported.
    func unsupported(_ supported: String) -> TokenizerError {
        failure(.unsupported("\(text)", supported: supported))
    }

    /// An error about the component in this field, whose type is not supported.
    func unsupportedType(_ supported: String) throws(TokenizerError) -> TokenizerError {
        failure(.unsupported("of type \(try type)", supported: supported))
    }

    /// The member of an object, or nil where it is absent or null.
    func optional(_ key: String) throws(TokenizerError) -> TokenizerField? {
        guard text.isObject else { throw wrongKind("an object") }
        guard let member = text[key], !member.isNull else { return nil }
        return TokenizerField(file: file, path: path(of: key), text: member)
    }

    /// The member of an object.
    func required(_ key: String) throws(TokenizerError) -> TokenizerField {
        if let member = try optional(key) { return member }
        throw TokenizerError(file: file, field: path(of: key), .missing)
    }

    private func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func path(of index: Int) -> String { "\(path)[\(index)]" }

    /// The elements of an array.
    var elements: [TokenizerField] {
        get throws(TokenizerError) {
            guard let elements = text.elements else { throw wrongKind("an array") }
            return elements.enumerated().map { index, element in
                TokenizerField(file: file, path: path(of: index), text: element)
            }
        }
    }

    /// Hands out the elements of an array, however many, with their indices.
    func forEachElement(
        _ body: (Int, borrowing JSONNode) throws(TokenizerError) -> Void
    ) throws(TokenizerError) {
        guard text.isArray else { throw wrongKind("an array") }
        var index = 0
        for stretch in text.stretches {
            try tree(of: stretch).withRoot { root throws(TokenizerError) in
                try root.forEachElement { element throws(TokenizerError) in
                    try body(index, element)
                    index += 1
                }
            }
        }
    }

    /// Hands out the members of an object, however many.
    func forEachMember(
        _ body: (Span<UInt8>, borrowing JSONNode) throws(TokenizerError) -> Void
    ) throws(TokenizerError) {
        guard text.isObject else { throw wrongKind("an object") }
        for stretch in text.stretches {
            try tree(of: stretch).withRoot { root throws(TokenizerError) in try root.forEachMember(body) }
        }
    }

    private func tree(of stretch: JSONStretch) throws(TokenizerError) -> JSONTree {
        do {
            return try stretch.tree()
        } catch {
            throw TokenizerError(file: file, .malformed(error))
        }
    }

    /// The value.
    var value: JSONValue {
        get throws(TokenizerError) {
            do {
                return try text.value()
            } catch {
                throw TokenizerError(file: file, .malformed(error))
            }
        }
    }

    /// A string.
    var string: String {
        get throws(TokenizerError) {
            guard let text = try value.stringValue else { throw wrongKind("a string") }
            return text
        }
    }

    /// A token id.
    var id: Int32 {
        get throws(TokenizerError) {
            if let id = Self.id(of: try value.intValue) { return id }
            throw wrongKind("a token id below \(Self.idLimit)")
        }
    }

    /// A number of things.
    var count: Int {
        get throws(TokenizerError) {
            if let count = try value.intValue, count >= 0 { return count }
            throw wrongKind("a count")
        }
    }

    /// The token id that a number is, or nil if it is none.
    static func id(of value: Int?) -> Int32? {
        guard let value, (0..<idLimit).contains(value) else { return nil }
        return Int32(value)
    }

    /// The id of the piece that a string names.
    func id(in vocabulary: PieceTable) throws(TokenizerError) -> Int32 {
        if let id = vocabulary.id(of: try string) { return id }
        throw failure(.inconsistent("is \(text), which 'model.vocab' lacks"))
    }

    /// A boolean member of an object, or `absent` where there is none.
    func boolean(_ key: String, absent: Bool) throws(TokenizerError) -> Bool {
        guard let member = try optional(key) else { return absent }
        guard let value = try member.value.boolValue else { throw member.wrongKind("a boolean") }
        return value
    }

    /// The name that a component has under `type`.
    var type: String {
        get throws(TokenizerError) { try required("type").string }
    }

    /// Refuses a string that is neither absent nor empty.
    func requireNothing(at key: String) throws(TokenizerError) {
        guard let member = try optional(key), try member.value != "" else { return }
        throw member.failure(.unsupported("set to \(member.text)", supported: "no value"))
    }

    /// An error that says what the field should hold.
    func wrongKind(_ expected: String) -> TokenizerError {
        let found = text.isArray ? "an array" : text.isObject ? "an object" : "\(text)"
        return failure(.wrongKind(expected: expected, found: found))
    }

    /// An error that says what an element of the array should hold.
    func wrongKind(at index: Int, _ value: JSONValue, _ expected: String) -> TokenizerError {
        let found = value.arrayValue == nil && value.objectValue == nil ? value.text() : value.kindDescription
        return TokenizerError(
            file: file, field: path(of: index), .wrongKind(expected: expected, found: found))
    }

    /// An error about an element of the array.
    func failure(at index: Int, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file, field: path(of: index), reason)
    }

    /// Tables of tokens are indexed by id: a file must not ask for more memory than a vocabulary could need.
    private static let idLimit = 1 << 22
}
