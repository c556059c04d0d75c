import Foundation
import SondeJSON

/// Messages as lines of JSON.
enum MessageLine {
    /// A message with a line feed at its end.
    static func bytes(_ message: some Encodable) throws -> Data {
        Data((try JSONValue(encoding: message).text() + "\n").utf8)
    }

    /// The message of a line.
    static func message<Message: Decodable>(_ type: Message.Type, _ line: some Sequence<UInt8>) throws
        -> Message
    {
        try JSONValue(parsing: Array(line), depthLimit: 512).decoded(as: type)
    }
}

/// Cuts what is read into lines.
struct LineBuffer {
    private var pending: [UInt8] = []

    /// The lines that are complete with these bytes.
    mutating func lines(adding bytes: some Sequence<UInt8>) -> [[UInt8]] {
        pending += bytes
        guard let end = pending.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let lines = pending[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        pending.removeSubrange(...end)
        return lines.map(Array.init)
    }
}
