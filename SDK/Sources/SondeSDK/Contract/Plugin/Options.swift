public import SondeJSON

/// The options that a component is created with: checked against its declarations, defaults filled in.
public struct Options: Sendable, Hashable {
    /// All values by name.
    public let values: JSONObject

    /// Options with these values.
    public init(_ values: JSONObject = [:]) {
        self.values = values
    }

    /// The value of an option, or `nil` if it is absent.
    public subscript(name: String) -> JSONValue? { values[name] }

    /// A text.
    /// - Throws: ``SondeError`` if the option is absent or of another type; so do the functions below.
    public func string(_ name: String) throws -> String { try required(name, "a text", \.stringValue) }

    /// A whole number.
    public func integer(_ name: String) throws -> Int { try required(name, "a whole number", \.intValue) }

    /// A number.
    public func number(_ name: String) throws -> Double { try required(name, "a number", \.doubleValue) }

    /// Yes or no.
    public func boolean(_ name: String) throws -> Bool { try required(name, "true or false", \.boolValue) }

    private func required<Value>(
        _ name: String, _ expected: String, _ read: (JSONValue) -> Value?
    ) throws -> Value {
        guard let value = values[name] else {
            throw SondeError.invalidArgument("The option '\(name)' is missing.")
        }
        guard let result = read(value) else {
            throw SondeError.invalidArgument("The option '\(name)' must be \(expected), not \(value.text()).")
        }
        return result
    }
}
