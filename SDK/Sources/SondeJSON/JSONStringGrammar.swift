/// Checks one JSON string: escapes, surrogate pairs, control characters and UTF-8 (RFC 3629).
struct JSONStringGrammar {
    let bytes: [UInt8]
    /// At first the place after the opening quote, in the end the place after the closing one.
    var position: Int

    mutating func check() throws(JSONError) {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try checkEscape()
            case 0: throw failure(.nulCharacter)
            case 0x01...0x1F: throw failure(.controlCharacter(byte))
            case 0x20...0x7F: position += 1
            default: try checkMultiByteScalar()
            }
        }
        throw failure(.unexpectedEnd(expected: "a closing quote"))
    }

    private mutating func checkEscape() throws(JSONError) {
        guard position + 1 < bytes.count else { throw failure(.unexpectedEnd(expected: "an escape")) }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"): try checkUnicodeEscape()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default:
            let character = String(decoding: bytes[(position + 1)...].prefix(4), as: UTF8.self).prefix(1)
            throw failure(.unknownEscape("\\\(character)"))
        }
    }

    private mutating func checkUnicodeEscape() throws(JSONError) {
        let unit = try codeUnit(at: position)
        switch unit {
        case 0: throw failure(.nulCharacter)
        case 0xD800...0xDBFF:
            let next = position + 6
            guard next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"),
                bytes[next + 1] == UInt8(ascii: "u"),
                case 0xDC00...0xDFFF = try codeUnit(at: next)
            else { throw failure(.loneSurrogate) }
            position += 12
        case 0xDC00...0xDFFF: throw failure(.loneSurrogate)
        default: position += 6
        }
    }

    /// The UTF-16 code unit of an escape such as `\u00e9` that begins at `start`.
    private func codeUnit(at start: Int) throws(JSONError) -> UInt16 {
        let digits = bytes[min(start + 2, bytes.count)...].prefix(4)
        guard digits.count == 4 else { throw failure(.unexpectedEnd(expected: "four hexadecimal digits")) }
        var unit: UInt16 = 0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else {
                throw failure(.unknownEscape("\\u" + String(decoding: digits, as: UTF8.self)))
            }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }

    private mutating func checkMultiByteScalar() throws(JSONError) {
        let length: Int
        let secondByte: ClosedRange<UInt8>
        switch bytes[position] {
        case 0xC2...0xDF: (length, secondByte) = (2, 0x80...0xBF)
        case 0xE0: (length, secondByte) = (3, 0xA0...0xBF)
        case 0xED: (length, secondByte) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, secondByte) = (3, 0x80...0xBF)
        case 0xF0: (length, secondByte) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, secondByte) = (4, 0x80...0xBF)
        case 0xF4: (length, secondByte) = (4, 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
        guard position + length <= bytes.count, secondByte.contains(bytes[position + 1]) else {
            throw failure(.invalidUTF8)
        }
        for place in 2..<max(length, 2) where bytes[position + place] & 0xC0 != 0x80 {
            throw failure(.invalidUTF8)
        }
        position += length
    }

    private func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, at: position, in: bytes)
    }
}
