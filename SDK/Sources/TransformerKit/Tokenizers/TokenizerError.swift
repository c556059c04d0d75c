public import SondeJSON

/// Why a `tokenizer.json` cannot be read.
public struct TokenizerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What can be wrong with a file or one of its fields.
    public enum Reason: Hashable, Sendable {
        /// The system refused; its own words.
        case system(String)
        /// The file is no JSON.
        case malformed(JSONError)
        /// A field is absent.
        case missing
        /// A field holds another kind of value.
        case wrongKind(expected: String, found: String)
        /// A component or an option that this tokenizer does not have.
        case unsupported(String, supported: String)
        /// A value that contradicts the rest of the file.
        case inconsistent(String)
    }

    /// The file.
    public var file: String
    /// The path of the field, such as `pre_tokenizer.pretokenizers[0].pattern`; empty for the file as a whole.
    public var field: String
    /// What is wrong with it.
    public var reason: Reason

    /// An error about a field of a file.
    public init(file: String, field: String = "", _ reason: Reason) {
        self.file = file
        self.field = field
        self.reason = reason
    }

    /// Whether the system refused to read, so that the file may be right.
    public var isInputOutput: Bool {
        if case .system = reason { true } else { false }
    }

    /// One sentence.
    public var description: String {
        let name = field.isEmpty ? "the file" : "'\(field)'"
        return switch reason {
        case .system(let words): "\(file): \(words)."
        case .malformed(let error): "\(file): \(error)."
        case .missing: "\(file): \(name) is missing."
        case .wrongKind(let expected, let found): "\(file): \(name) has to be \(expected), not \(found)."
        case .unsupported(let what, let supported):
            "\(file): \(name) is \(what), which is not supported; supported here: \(supported)."
        case .inconsistent(let what): "\(file): \(name) \(what)."
        }
    }
}
