import Safetensors
import SondeJSON

/// A value of a `tokenizer.json` together with its place, so that every error can name it.
struct TokenizerField {
    let file: String
    let path: String
    let value: JSONValue

    private init(file: String, path: String, value: JSONValue) {
        self.file = file
        self.path = path
        self.value = value
    }

    /// The whole content of a file.
    init(file: String) throws(TokenizerError) {
        let bytes: MappedFile
        do {
            bytes = try MappedFile(file)
        } catch {
            guard case .system(let words) = error.reason else {
                throw TokenizerError(file: file, .system("\(error.reason)"))
            }
            throw TokenizerError(file: file, .system(words))
        }
        do {
            self.init(file: file, path: "", value: try JSONValue(parsing: bytes.bytes))
        } catch {
            throw TokenizerError(file: file, .malformed(error))
        }
    }

    /// An error about this field.
    func failure(_ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file, field: path, reason)
    }

    /// The member of an object, or nil where it is absent or null.
    func optional(_ key: String) throws(TokenizerError) -> TokenizerField? {
        guard let member = try object[key], !member.isNull else { return nil }
        return TokenizerField(file: file, path: path(of: key), value: member)
    }

    /// The member of an object.
    func required(_ key: String) throws(TokenizerError) -> TokenizerField {
        if let member = try optional(key) { return member }
        throw TokenizerError(file: file, field: path(of: key), .missing)
    }

    private func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// The elements of an array.
    var elements: [TokenizerField] {
        get throws(TokenizerError) {
            guard let values = value.arrayValue else { throw wrongKind("an array") }
            return values.indices.map(element)
        }
    }

    /// The element of an array, which has to have one at this index.
    func element(_ index: Int) -> TokenizerField {
        TokenizerField(file: file, path: "\(path)[\(index)]", value: value[index] ?? nil)
    }

    /// The members of an object.
    var object: JSONObject {
        get throws(TokenizerError) {
            guard let members = value.objectValue else { throw wrongKind("an object") }
            return members
        }
    }

    /// A string.
    var string: String {
        get throws(TokenizerError) {
            guard let text = value.stringValue else { throw wrongKind("a string") }
            return text
        }
    }

    /// A token id.
    var id: Int32 {
        get throws(TokenizerError) {
            guard let id = Self.id(of: value) else { throw wrongKind("a token id below \(Self.idLimit)") }
            return id
        }
    }

    /// The token id that a value is, or nil if it is none.
    static func id(of value: JSONValue) -> Int32? {
        guard let id = value.intValue, (0..<idLimit).contains(id) else { return nil }
        return Int32(id)
    }

    /// The id of the piece that a string names.
    func id(in vocabulary: PieceTable) throws(TokenizerError) -> Int32 {
        if let id = vocabulary.id(of: try string) { return id }
        throw failure(.inconsistent("is \(value), which 'model.vocab' lacks"))
    }

    /// A boolean member of an object, or `absent` where there is none.
    func boolean(_ key: String, absent: Bool) throws(TokenizerError) -> Bool {
        guard let member = try optional(key) else { return absent }
        guard let value = member.value.boolValue else { throw member.wrongKind("a boolean") }
        return value
    }

    /// The name that a component has under `type`.
    var type: String {
        get throws(TokenizerError) { try required("type").string }
    }

    /// Refuses a string that is neither absent nor empty.
    func requireNothing(at key: String) throws(TokenizerError) {
        guard let member = try optional(key), member.value != "" else { return }
        throw member.failure(.unsupported("set to \(member.value.text())", supported: "no value"))
    }

    /// An error that says what the field should hold.
    func wrongKind(_ expected: String) -> TokenizerError {
        let found = value.arrayValue == nil && value.objectValue == nil ? value.text() : value.kindDescription
        return failure(.wrongKind(expected: expected, found: found))
    }

    /// Tables of tokens are indexed by id: a file must not ask for more memory than a vocabulary could need.
    private static let idLimit = 1 << 22
}
