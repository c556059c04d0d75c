/// Checks one JSON string (escapes, surrogate pairs, control characters and UTF-8 as in RFC 3629) and writes it plainly.
struct JSONStringGrammar {
    let bytes: UnsafeBufferPointer<UInt8>
    /// At first the place of the opening quote, in the end the place after the closing one.
    var position: Int

    mutating func check(into plain: inout JSONPlainWriter) throws(JSONError) {
        /// The beginning of what is not copied yet.
        var start = position
        position += 1
        while true {
            skipOrdinaryBytes()
            guard position < bytes.count else { throw failure(.unexpectedEnd(expected: "a closing quote")) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                plain.append(bytes[start..<position])
                return
            case UInt8(ascii: "\\"):
                plain.append(bytes[start..<position])
                plain.append(scalar: try escapedScalar())
                start = position
            case 0: throw failure(.nulCharacter)
            case let byte where byte < 0x20: throw failure(.controlCharacter(byte))
            default: try checkMultiByteScalar()
            }
        }
    }

    /// Goes past characters of one or two bytes that stand for themselves.
    private mutating func skipOrdinaryBytes() {
        var place = position
        loop: while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): break loop
            case 0x20...0x7F: place += 1
            case 0xC2...0xDF where place + 1 < bytes.count && bytes[place + 1] & 0xC0 == 0x80: place += 2
            default: break loop
            }
        }
        position = place
    }

    /// Reads the escape at the current place and goes past it.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        guard position + 1 < bytes.count else { throw failure(.unexpectedEnd(expected: "an escape")) }
        let scalar: Unicode.Scalar
        switch bytes[position + 1] {
        case UInt8(ascii: "u"): return try escapedCodeUnits()
        case UInt8(ascii: "\""): scalar = "\""
        case UInt8(ascii: "\\"): scalar = "\\"
        case UInt8(ascii: "/"): scalar = "/"
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        default:
            let character = String(decoding: bytes[(position + 1)...].prefix(4), as: UTF8.self).prefix(1)
            throw failure(.unknownEscape("\\\(character)"))
        }
        position += 2
        return scalar
    }

    /// Reads `\u00e9`, or two such escapes that are a surrogate pair.
    private mutating func escapedCodeUnits() throws(JSONError) -> Unicode.Scalar {
        let unit = UInt32(try codeUnit(at: position))
        if unit == 0 { throw failure(.nulCharacter) }
        if let scalar = Unicode.Scalar(unit) {
            position += 6
            return scalar
        }
        let next = position + 6
        guard unit < 0xDC00, next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"),
            bytes[next + 1] == UInt8(ascii: "u"), case let low = UInt32(try codeUnit(at: next)),
            (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure(.loneSurrogate) }
        position += 12
        return scalar
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
        for place in 2..<length where bytes[position + place] & 0xC0 != 0x80 {
            throw failure(.invalidUTF8)
        }
        position += length
    }

    private func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, at: position, in: bytes)
    }
}
