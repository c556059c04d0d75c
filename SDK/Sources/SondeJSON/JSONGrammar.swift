/// Checks a text against the grammar of RFC 8259 and writes it as ``JSONPlainText`` for json-c.
///
/// json-c 0.16 lets through single quotes, `NaN`, numbers of any size, lone surrogates and duplicate keys; this check
/// does not.
struct JSONGrammar {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let depthLimit: Int
    private var position = 0
    private var plain: JSONPlainWriter
    /// The keys of the objects around the current place.
    private var openKeys: [JSONKeySet] = []
    /// What is known of the arrays and objects around the current place.
    private var open: [JSONPlainText.Container] = []
    /// The large arrays and objects, by where they begin.
    private var large: [Int: JSONPlainText.Container] = [:]

    private init(
        _ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int, into memory: UnsafeMutableBufferPointer<UInt8>
    ) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        plain = JSONPlainWriter(memory)
    }

    /// The plain form of a text.
    ///
    /// - Throws: ``JSONError`` at the first place that the grammar does not allow.
    static func plainText(of bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) throws(JSONError)
        -> JSONPlainText
    {
        var large: [Int: JSONPlainText.Container] = [:]
        do {
            let plain = try [UInt8](unsafeUninitializedCapacity: bytes.count) { memory, count in
                var grammar = JSONGrammar(bytes, depthLimit: depthLimit, into: memory)
                try grammar.checkText()
                count = grammar.plain.count
                large = grammar.large
            }
            return JSONPlainText(bytes: plain, large: large, depthLimit: depthLimit)
        } catch let error as JSONError {
            throw error
        } catch {
            throw JSONError(.parserFailed("\(error)"))
        }
    }

    private mutating func checkText() throws(JSONError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw failure(.byteOrderMark) }
        skipSpace()
        try checkValue()
        skipSpace()
        if position < bytes.count { throw failure(.trailingText) }
    }

    private mutating func checkValue() throws(JSONError) {
        switch current {
        case UInt8(ascii: "{"): try checkObject()
        case UInt8(ascii: "["): try checkArray()
        case UInt8(ascii: "\""): try checkString()
        case UInt8(ascii: "t"): try checkWord("true")
        case UInt8(ascii: "f"): try checkWord("false")
        case UInt8(ascii: "n"): try checkWord("null")
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: try checkNumber()
        default: throw unexpected("a value")
        }
    }

    private mutating func checkObject() throws(JSONError) {
        try enter()
        openKeys.append(JSONKeySet())
        if current != UInt8(ascii: "}") {
            repeat {
                skipSpace()
                try checkKey()
                skipSpace()
                try consume(UInt8(ascii: ":"), "a colon")
                skipSpace()
                try checkValue()
            } while try consumesComma(before: UInt8(ascii: "}"), "a comma or a closing brace")
        }
        openKeys.removeLast()
        leave()
    }

    private mutating func checkArray() throws(JSONError) {
        try enter()
        if current != UInt8(ascii: "]") {
            repeat {
                skipSpace()
                try checkValue()
            } while try consumesComma(before: UInt8(ascii: "]"), "a comma or a closing bracket")
        }
        leave()
    }

    private mutating func checkKey() throws(JSONError) {
        guard current == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        let (place, start) = (position, plain.count)
        try checkString()
        guard openKeys[openKeys.count - 1].insert(start..<plain.count, in: plain) else {
            let string = JSONText(plain.text(of: start..<plain.count))
            throw JSONError(.duplicateKey(try string.value().stringValue ?? ""), at: place, in: bytes)
        }
    }

    private mutating func checkString() throws(JSONError) {
        var string = JSONStringGrammar(bytes: bytes, position: position)
        try string.check(into: &plain)
        position = string.position
    }

    private mutating func checkNumber() throws(JSONError) {
        var number = JSONNumberGrammar(bytes: bytes, position: position)
        try number.check()
        plain.append(bytes[position..<number.position])
        position = number.position
    }

    private mutating func checkWord(_ word: StaticString) throws(JSONError) {
        for place in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[place] else { throw unexpected("\"\(word)\"") }
            take()
        }
    }

    private mutating func enter() throws(JSONError) {
        if open.count == depthLimit { throw failure(.tooDeep(limit: depthLimit)) }
        open.append(JSONPlainText.Container(start: plain.count))
        take()
        skipSpace()
    }

    private mutating func leave() {
        var container = open.removeLast()
        container.endStretch(at: plain.count)
        take()
        if container.isLarge { large[container.start] = container }
    }

    private mutating func consume(_ byte: UInt8, _ name: String) throws(JSONError) {
        guard current == byte else { throw unexpected(name) }
        take()
    }

    private mutating func consumesComma(before end: UInt8, _ expected: String) throws(JSONError) -> Bool {
        skipSpace()
        if current == end { return false }
        open[open.count - 1].continueStretch(at: plain.count)
        try consume(UInt8(ascii: ","), expected)
        return true
    }

    /// Keeps the byte at the current place as it is.
    private mutating func take() {
        plain.append(bytes[position])
        position += 1
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, at: position, in: bytes)
    }

    private func unexpected(_ expected: String) -> JSONError {
        JSONError(.unexpected(at: position, in: bytes, expected: expected), at: position, in: bytes)
    }
}

extension JSONError.Reason {
    /// What stands at a place instead of something expected, in words.
    static func unexpected(at position: Int, in bytes: UnsafeBufferPointer<UInt8>, expected: String) -> Self {
        guard position < bytes.count else { return .unexpectedEnd(expected: expected) }
        let byte = bytes[position]
        if byte == 0 { return .nulCharacter }
        if byte < 0x20 || byte == 0x7F {
            return .unexpected(found: "control character \(byte)", expected: expected)
        }
        let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
        return .unexpected(found: scalar.map { "\"\($0)\"" } ?? "byte \(byte)", expected: expected)
    }
}
