/// Checks one JSON number and that it fits: integers into 64 bits, all others into a double.
struct JSONNumberGrammar {
    let bytes: UnsafeBufferPointer<UInt8>
    /// At first the place of the minus or the first digit, in the end the place after the number.
    var position: Int

    mutating func check() throws(JSONError) {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let integerStart = position
        try skipDigits()
        if position - integerStart > 1, bytes[integerStart] == UInt8(ascii: "0") {
            throw JSONError(.leadingZero, at: integerStart, in: bytes)
        }
        let hasFraction = current == UInt8(ascii: ".")
        if hasFraction {
            position += 1
            try skipDigits()
        }
        let hasExponent = current == UInt8(ascii: "e") || current == UInt8(ascii: "E")
        if hasExponent {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        try checkRange(from: start, isInteger: !hasFraction && !hasExponent, hasExponent: hasExponent)
    }

    /// Reads the number itself only where its length or its exponent make it possible that it does not fit.
    private func checkRange(from start: Int, isInteger: Bool, hasExponent: Bool) throws(JSONError) {
        let surelyFittingIntegerLength = 18
        let surelyFittingNumberLength = 300
        let length = position - start
        if isInteger, length > surelyFittingIntegerLength, Int64(text(from: start)) == nil {
            throw JSONError(.integerOutOfRange(text(from: start)), at: start, in: bytes)
        }
        if !isInteger, hasExponent || length > surelyFittingNumberLength {
            guard let value = Double(text(from: start)), value.isFinite else {
                throw JSONError(.numberOutOfRange(text(from: start)), at: start, in: bytes)
            }
        }
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
            position += 1
        }
        if position == start {
            throw JSONError(
                .unexpected(at: position, in: bytes, expected: "a digit"), at: position, in: bytes)
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
}
