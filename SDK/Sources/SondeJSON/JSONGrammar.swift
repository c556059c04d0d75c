/// Checks a text against the grammar of RFC 8259 before json-c reads it.
///
/// json-c 0.16 lets through single quotes, `NaN`, numbers of any size, lone surrogates and duplicate keys; this check
/// does not. It builds nothing but the number of members of every object, in the order in which the objects begin:
/// where json-c then holds fewer, a key stood twice.
struct JSONGrammar {
    private let bytes: [UInt8]
    private let depthLimit: Int
    private var position = 0
    private var depth = 0
    /// Keys of the objects around the current place; only filled while a duplicate is looked for.
    private var openKeys: [Set<ExactText>] = []
    private let isLookingForDuplicates: Bool
    private(set) var memberCounts: [Int] = []

    private init(_ bytes: [UInt8], depthLimit: Int, isLookingForDuplicates: Bool) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        self.isLookingForDuplicates = isLookingForDuplicates
    }

    /// The number of members of every object, in the order in which the objects begin.
    static func memberCounts(of bytes: [UInt8], depthLimit: Int) throws(JSONError) -> [Int] {
        var grammar = JSONGrammar(bytes, depthLimit: depthLimit, isLookingForDuplicates: false)
        try grammar.checkText()
        return grammar.memberCounts
    }

    /// Throws at the second of two equal keys, if there are any.
    static func refuseDuplicateKeys(in bytes: [UInt8], depthLimit: Int) throws(JSONError) {
        var grammar = JSONGrammar(bytes, depthLimit: depthLimit, isLookingForDuplicates: true)
        try grammar.checkText()
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
        let slot = memberCounts.count
        memberCounts.append(0)
        if isLookingForDuplicates { openKeys.append([]) }
        if current != UInt8(ascii: "}") {
            repeat {
                skipSpace()
                try checkKey()
                skipSpace()
                try consume(UInt8(ascii: ":"), "a colon")
                skipSpace()
                try checkValue()
                memberCounts[slot] += 1
            } while try consumesComma(before: UInt8(ascii: "}"), "a comma or a closing brace")
        }
        if isLookingForDuplicates { openKeys.removeLast() }
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
        let start = position
        try checkString()
        guard isLookingForDuplicates else { return }
        let key = try JSONValue(parsing: Array(bytes[start..<position])).stringValue ?? ""
        if !openKeys[openKeys.count - 1].insert(ExactText(key)).inserted {
            throw JSONError(.duplicateKey(key), at: start, in: bytes)
        }
    }

    private mutating func checkString() throws(JSONError) {
        var string = JSONStringGrammar(bytes: bytes, position: position + 1)
        try string.check()
        position = string.position
    }

    private mutating func checkNumber() throws(JSONError) {
        var number = JSONNumberGrammar(bytes: bytes, position: position)
        try number.check()
        position = number.position
    }

    private mutating func checkWord(_ word: StaticString) throws(JSONError) {
        for place in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[place] else { throw unexpected("\"\(word)\"") }
            position += 1
        }
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        if depth > depthLimit { throw failure(.tooDeep(limit: depthLimit)) }
        position += 1
        skipSpace()
    }

    private mutating func leave() {
        position += 1
        depth -= 1
    }

    private mutating func consume(_ byte: UInt8, _ name: String) throws(JSONError) {
        guard current == byte else { throw unexpected(name) }
        position += 1
    }

    private mutating func consumesComma(before end: UInt8, _ expected: String) throws(JSONError) -> Bool {
        skipSpace()
        if current == end { return false }
        try consume(UInt8(ascii: ","), expected)
        return true
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
    static func unexpected(at position: Int, in bytes: [UInt8], expected: String) -> Self {
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
