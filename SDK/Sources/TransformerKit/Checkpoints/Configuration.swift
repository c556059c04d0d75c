import Foundation
import SondeJSON
public import SondeSDK

/// The config.json of a checkpoint, read field by field.
///
/// Every error names the file and the field.
public struct Configuration {
    /// The file.
    public let file: String
    private let fields: JSONValue

    /// Reads `config.json` in a checkpoint's folder.
    /// - Throws: ``SondeError`` if it is missing or is not JSON.
    public init(directory: String) throws {
        file = directory + "/config.json"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SondeError(.inputOutput, "\(file): there is no such file, or it cannot be read.")
        }
        do {
            fields = try JSONValue(parsing: Array(data))
        } catch {
            throw SondeError.invalidData("\(file): \(error)")
        }
        guard fields.objectValue != nil else {
            throw SondeError.invalidData("\(file): this is not a JSON object.")
        }
    }

    /// Stops at a checkpoint of another architecture.
    public func requireModelType(_ expected: String) throws {
        let found = fields["model_type"]?.stringValue
        guard found == expected else {
            let words = found.map { "of type '\($0)'" } ?? "of no stated type"
            throw SondeError.invalidData(
                "\(file): the model is \(words), not '\(expected)' (field 'model_type').")
        }
    }

    /// A whole number above zero; the first of the names that the file has counts.
    public func size(_ names: String...) throws -> Int {
        guard let (name, value) = first(names) else { throw missing(names) }
        guard let number = value.intValue, number > 0, number < 1 << 40 else {
            throw mistyped(name, value, "a whole number above zero")
        }
        return number
    }

    /// A whole number, or `nil` where the field is absent or null.
    public func integer(_ name: String) throws -> Int? {
        guard let (_, value) = first([name]) else { return nil }
        guard let number = value.intValue else { throw mistyped(name, value, "a whole number") }
        return number
    }

    /// A number, or a default where the field is absent.
    public func number(_ name: String, default fallback: Double) throws -> Double {
        guard let (_, value) = first([name]) else { return fallback }
        guard let number = value.doubleValue else { throw mistyped(name, value, "a number") }
        return number
    }

    /// A text, or `nil` where the field is absent or null.
    public func text(_ name: String) throws -> String? {
        guard let (_, value) = first([name]) else { return nil }
        guard let text = value.stringValue else { throw mistyped(name, value, "a text") }
        return text
    }

    /// Yes or no, or a default where the field is absent.
    public func boolean(_ name: String, default fallback: Bool) throws -> Bool {
        guard let (_, value) = first([name]) else { return fallback }
        guard let flag = value.boolValue else { throw mistyped(name, value, "true or false") }
        return flag
    }

    /// An error about a field.
    public func invalid(_ name: String, _ what: String) -> SondeError {
        .invalidData("\(file): field '\(name)' \(what).")
    }

    /// The first field that is there and not null.
    private func first(_ names: [String]) -> (String, JSONValue)? {
        for name in names {
            if let value = fields[name], value != .null { return (name, value) }
        }
        return nil
    }

    private func missing(_ names: [String]) -> SondeError {
        let words = names.map { "'\($0)'" }.joined(separator: " or ")
        return .invalidData("\(file): field \(words) is missing.")
    }

    private func mistyped(_ name: String, _ value: JSONValue, _ expected: String) -> SondeError {
        invalid(name, "is \(value.text()); it should be \(expected)")
    }
}
