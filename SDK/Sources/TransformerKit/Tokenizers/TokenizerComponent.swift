import SondeJSON
import SondeSDK

/// A part of a tokenizer file: an object, where it stands, and the name of the file for messages.
struct TokenizerComponent {
    let file: String
    /// Such as `model` or `pre_tokenizer.pretokenizers[0]`.
    let path: String
    let fields: JSONObject

    /// The field `type`, or no words for a component without.
    var type: String { fields["type"]?.stringValue ?? "" }

    /// A part within this one, or nil where it is absent or null.
    func component(_ name: String) throws -> TokenizerComponent? {
        guard let value = fields[name], !value.isNull else { return nil }
        return try component(value, at: childPath(name))
    }

    /// The parts in an array, none where it is absent or null.
    func components(_ name: String) throws -> [TokenizerComponent] {
        try array(name).enumerated().map { try component($1, at: childPath(name) + "[\($0)]") }
    }

    /// The elements of an array, none where it is absent or null.
    func array(_ name: String) throws -> [JSONValue] {
        guard let value = fields[name], !value.isNull else { return [] }
        guard let elements = value.arrayValue else { throw mistyped(name, value, "an array") }
        return elements
    }

    /// A boolean, or a default where it is absent or null.
    func boolean(_ name: String, default fallback: Bool) throws -> Bool {
        guard let value = fields[name], !value.isNull else { return fallback }
        guard let flag = value.boolValue else { throw mistyped(name, value, "true or false") }
        return flag
    }

    /// A text, or nil where it is absent or null.
    func string(_ name: String) throws -> String? {
        guard let value = fields[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw mistyped(name, value, "a string") }
        return text
    }

    /// Stops where a field asks for something that is not done here.
    func require(_ name: String, in accepted: [JSONValue]) throws {
        guard let value = fields[name], !value.isNull, !accepted.contains(value) else { return }
        throw unsupported("'\(childPath(name))' of \(value.text())")
    }

    /// An error about a component of another kind.
    func unsupportedType() -> SondeError {
        unsupported(type.isEmpty ? "'\(path)' without a type" : "the component '\(type)' of '\(path)'")
    }

    /// An error about something that is not done here.
    func unsupported(_ what: String) -> SondeError {
        .invalidData(
            "\(file): \(what) is not supported; this reads byte-level BPE tokenizers such as BLOOM's.")
    }

    /// An error about a field.
    func invalid(_ name: String, _ what: String) -> SondeError {
        .invalidData("\(file): field '\(childPath(name))' \(what).")
    }

    private func mistyped(_ name: String, _ value: JSONValue, _ expected: String) -> SondeError {
        invalid(name, "is \(value.kindDescription) and should be \(expected)")
    }

    private func childPath(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func component(_ value: JSONValue, at path: String) throws -> TokenizerComponent {
        guard let fields = value.objectValue else {
            throw SondeError.invalidData(
                "\(file): field '\(path)' is \(value.kindDescription) and should be an object.")
        }
        return TokenizerComponent(file: file, path: path, fields: fields)
    }
}
