import Foundation
import Safetensors
import SondeJSON

/// Reads and writes JSON files.
enum JSONFile {
    /// The value in a file.
    /// - Throws: ``HostError`` with file and place for what is no JSON of this type.
    static func read<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
        let value = try read(path)
        do {
            return try value.decoded(as: type)
        } catch {
            throw HostError.data("\(path): \(error)")
        }
    }

    /// The JSON in a file.
    static func read(_ path: String) throws -> JSONValue {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw HostError.inputOutput("\(path): the file cannot be read.")
        }
        do {
            return try JSONValue(parsing: Array(bytes), depthLimit: 512)
        } catch {
            throw HostError.data("\(path): \(error)")
        }
    }

    /// Writes a value, indented, with a line feed at its end.
    static func write(_ value: JSONValue, to path: String) throws {
        try writeText(value.text(indented: true) + "\n", to: path)
    }

    /// Writes a text.
    /// - Throws: ``HostError`` with the system's reason.
    static func writeText(_ text: String, to path: String) throws {
        do throws(WholeFile.Refusal) {
            try WholeFile.write(Array(text.utf8), to: path)
        } catch {
            throw HostError.inputOutput("\(path): the file cannot be written: \(error.words).")
        }
    }
}
