/// Why a text is no JSON that is accepted here, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public let reason: Reason
    /// The line, from 1; lines end with a line feed.
    public let line: Int
    /// The character (Unicode scalar) within the line, from 1.
    public let column: Int
    /// The number of bytes before the place.
    public let byteOffset: Int

    /// What can be wrong with a text.
    public enum Reason: Hashable, Sendable {
        /// The text ends where something is still expected.
        case unexpectedEnd(expected: String)
        /// Another character stands where something is expected.
        case unexpected(found: String, expected: String)
        /// Something follows the value.
        case trailingText
        /// An object has the same key twice.
        case duplicateKey(String)
        /// A whole number beyond 64 bits.
        case integerOutOfRange(String)
        /// A number beyond the range of a double.
        case numberOutOfRange(String)
        /// A number with a needless leading zero.
        case leadingZero
        /// A control character inside a string, not escaped.
        case controlCharacter(UInt8)
        /// A backslash with a character after it that has no meaning.
        case unknownEscape(String)
        /// Half of a surrogate pair.
        case loneSurrogate
        /// The character of value zero, which C strings cannot hold.
        case nulCharacter
        /// Bytes that are no UTF-8.
        case invalidUTF8
        /// A byte order mark in front.
        case byteOrderMark
        /// More nested arrays and objects than are allowed.
        case tooDeep(limit: Int)
        /// More bytes than the parser can count.
        case tooLong(limit: Int)
        /// The parser ran out of memory or refuses what the grammar allows.
        case parserFailed(String)
    }
}

extension JSONError: CustomStringConvertible {
    /// One sentence with the place in front.
    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONError.Reason: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .unexpectedEnd(let expected): "the text ends where \(expected) is expected"
        case .unexpected(let found, let expected): "\(found) stands where \(expected) is expected"
        case .trailingText: "text follows after the end of the value"
        case .duplicateKey(let key): "the key \"\(key)\" stands twice in one object"
        case .integerOutOfRange(let digits): "the integer \(digits) does not fit into 64 bits"
        case .numberOutOfRange(let digits): "the number \(digits) is beyond the range of a double"
        case .leadingZero: "a number begins with a needless zero"
        case .controlCharacter(let byte): "the control character \(byte) in a string has to be escaped"
        case .unknownEscape(let escape): "the escape \(escape) is unknown"
        case .loneSurrogate: "the escape is one half of a surrogate pair"
        case .nulCharacter: "a character of value zero is not allowed"
        case .invalidUTF8: "the bytes are no UTF-8"
        case .byteOrderMark: "the text begins with a byte order mark, which has to be removed"
        case .tooDeep(let limit): "arrays and objects are nested deeper than \(limit) levels"
        case .tooLong(let limit): "the text is longer than \(limit) bytes"
        case .parserFailed(let message): "the parser failed (\(message))"
        }
    }
}

extension JSONError {
    /// An error about the text as a whole.
    init(_ reason: Reason) { self.init(reason: reason, line: 1, column: 1, byteOffset: 0) }

    /// An error at a place, with line and column counted from the bytes before it.
    init(_ reason: Reason, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(reason: reason, line: line, column: column, byteOffset: offset)
    }
}
