import FoundationEssentials

extension JSONValue {
    /// The value as an instance of a decodable type.
    ///
    /// - Throws: ``JSONCodingError`` that names the field.
    public func decoded<Value: Decodable>(as type: Value.Type) throws(JSONCodingError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text().utf8))
        } catch {
            throw JSONCodingError(error)
        }
    }

    /// The JSON form of an encodable value, the keys of its objects in alphabetical order.
    ///
    /// - Throws: ``JSONCodingError`` for a value that has no form in JSON, such as a number that is not finite.
    public init<Value: Encodable>(encoding value: Value) throws(JSONCodingError) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            self = try JSONValue(parsing: encoder.encode(value), depthLimit: 512)
        } catch {
            throw JSONCodingError(error)
        }
    }
}

/// Why a JSON value and a Swift value could not be turned into each other.
public struct JSONCodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path of the field, such as `layers[2].width`; empty for the value itself.
    public let path: String
    /// What is wrong with it.
    public let reason: Reason

    /// What can be wrong with a field.
    public enum Reason: Hashable, Sendable {
        /// A field that the type needs is absent, or null.
        case missing
        /// A field holds another kind of value.
        case wrongKind(expected: String)
        /// A field holds a value that the type does not take.
        case refused(String)
    }

    /// An error about a field that a decoder of one's own refuses.
    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// One sentence.
    public var description: String {
        let field = path.isEmpty ? "the value" : "field '\(path)'"
        return switch reason {
        case .missing: "missing \(field)"
        case .wrongKind(let expected): "\(field) has to be \(expected)"
        case .refused(let message): "\(field) is not accepted: \(message)"
        }
    }
}

extension JSONCodingError {
    fileprivate init(_ error: any Error) {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            self.init(path: Self.path(context.codingPath + [key]), reason: .missing)
        case DecodingError.valueNotFound(_, let context):
            self.init(path: Self.path(context.codingPath), reason: .missing)
        case DecodingError.typeMismatch(let type, let context):
            self.init(path: Self.path(context.codingPath), reason: .wrongKind(expected: Self.name(of: type)))
        case DecodingError.dataCorrupted(let context):
            self.init(path: Self.path(context.codingPath), reason: .refused(context.debugDescription))
        case EncodingError.invalidValue(let value, let context):
            self.init(path: Self.path(context.codingPath), reason: .refused("\(value) has no form in JSON"))
        default:
            self.init(path: "", reason: .refused("\(error)"))
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "a boolean"
        case is any BinaryInteger.Type: "an integer"
        case is any BinaryFloatingPoint.Type: "a number"
        case is any Sequence.Type: "\(type)".hasPrefix("Dictionary") ? "an object" : "an array"
        default: "an object"
        }
    }
}
