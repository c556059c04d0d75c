/// Reads a set such as `[^a-z\s[:punct:]]`, or an escape that stands for characters, within a regular expression.
struct ScalarSetParser {
    typealias Failure = RegularExpressionParser.Failure
    typealias Rule = ScalarSet.Rule

    private let scalars: [Unicode.Scalar]
    private let ignoresCase: Bool
    /// At first the place of the bracket or backslash, in the end that after what was read.
    private(set) var place: Int

    init(_ scalars: [Unicode.Scalar], at place: Int, ignoresCase: Bool) {
        self.scalars = scalars
        self.ignoresCase = ignoresCase
        self.place = place
    }

    /// Reads a set; one within it is part of the union.
    mutating func set() throws(Failure) -> Rule {
        place += 1
        let isComplement = take("^")
        var rule: Rule?
        var members: [Rule] = []
        // A bracket that would end an empty set is a member.
        if take("]") { members.append(.scalar("]")) }
        while !take("]") {
            guard place < scalars.count else { throw Failure(words: "a set without an end") }
            if takeIntersection() {
                rule = try joined(members, after: rule)
                members = []
            } else {
                members.append(try member())
            }
        }
        let whole = try joined(members, after: rule)
        return isComplement ? .complement(whole) : whole
    }

    private func joined(_ members: [Rule], after rule: Rule?) throws(Failure) -> Rule {
        var union = Rule.union(members)
        if ignoresCase { union = try Self.bothCases(of: union) }
        return rule.map { .intersection($0, union) } ?? union
    }

    private mutating func member() throws(Failure) -> Rule {
        if scalars[place] == "[" {
            if let named = try posixClass() { return named }
            return try set()
        }
        let first = try single()
        guard case .range(let lower) = first, lower.lowerBound == lower.upperBound, place + 1 < scalars.count,
            scalars[place] == "-", scalars[place + 1] != "]"
        else { return first }
        place += 1
        guard case .range(let upper) = try single(), lower.lowerBound <= upper.upperBound else {
            throw Failure(words: "a range without bounds")
        }
        return .range(lower.lowerBound...upper.upperBound)
    }

    private mutating func single() throws(Failure) -> Rule {
        if scalars[place] == "\\" { return try escape(isInSet: true) }
        place += 1
        return .scalar(scalars[place - 1])
    }

    /// `[:alpha:]` or `[:^alpha:]`, or nil where another set begins.
    private mutating func posixClass() throws(Failure) -> Rule? {
        guard place + 1 < scalars.count, scalars[place + 1] == ":",
            let end = scalars[place...].firstIndex(of: "]"), scalars[end - 1] == ":", end > place + 2
        else { return nil }
        var name = String(String.UnicodeScalarView(scalars[(place + 2)..<(end - 1)]))
        let isComplement = name.hasPrefix("^")
        if isComplement { name.removeFirst() }
        place = end + 1
        return try property(name, isComplement: isComplement)
    }

    /// Reads an escape that stands for one or more characters.
    mutating func escape(isInSet: Bool = false) throws(Failure) -> Rule {
        place += 2
        guard place <= scalars.count else { throw Failure(words: "a backslash at the end") }
        switch scalars[place - 1] {
        case "d": return .property(.categories([.decimalNumber]))
        case "D": return .complement(.property(.categories([.decimalNumber])))
        case "s": return .property(.space)
        case "S": return .complement(.property(.space))
        case "w": return .property(isInSet ? .word : .wordOrNumber)
        case "W": return .complement(.property(isInSet ? .word : .wordOrNumber))
        case "h": return Self.hexadecimal
        case "H": return .complement(Self.hexadecimal)
        case "p": return try namedProperty(isComplement: false)
        case "P": return try namedProperty(isComplement: true)
        case "t": return .scalar("\t")
        case "n": return .scalar("\n")
        case "v": return .scalar("\u{B}")
        case "f": return .scalar("\u{C}")
        case "r": return .scalar("\r")
        case "a": return .scalar("\u{7}")
        case "e": return .scalar("\u{1B}")
        case "b" where isInSet: return .scalar("\u{8}")
        case "x": return .scalar(try code(digits: 2))
        case "u": return .scalar(try code(digits: 4))
        case let other where other.properties.isAlphabetic || other.properties.numericType != nil:
            throw Failure(words: "\\\(other)")
        case let other: return .scalar(other)
        }
    }

    private static let hexadecimal = Rule.union([.range("0"..."9"), .range("a"..."f"), .range("A"..."F")])

    /// A character by its code, in braces or with at most so many digits.
    private mutating func code(digits: Int) throws(Failure) -> Unicode.Scalar {
        let isBraced = digits == 2 && take("{")
        var code: UInt32 = 0
        var count = 0
        while count < (isBraced ? 8 : digits), place < scalars.count,
            let digit = Character(scalars[place]).hexDigitValue
        {
            code = code << 4 | UInt32(digit)
            count += 1
            place += 1
        }
        guard count > 0, !isBraced || take("}"), let scalar = Unicode.Scalar(code) else {
            throw Failure(words: "a code that is no character's")
        }
        // Two digits beyond ASCII are a byte of a longer character to Oniguruma.
        guard digits == 4 || isBraced || code < 0x80 else {
            throw Failure(words: "a byte that is no character")
        }
        return scalar
    }

    private mutating func namedProperty(isComplement: Bool) throws(Failure) -> Rule {
        guard take("{"), let end = scalars[place...].firstIndex(of: "}") else {
            throw Failure(words: "\\p without a name")
        }
        var name = String(String.UnicodeScalarView(scalars[place..<end]))
        place = end + 1
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        return try property(name, isComplement: isComplement != isNegated)
    }

    private func property(_ name: String, isComplement: Bool) throws(Failure) -> Rule {
        guard let property = ScalarProperty(name: name) else {
            throw Failure(words: "the property \"\(name)\"")
        }
        return isComplement ? .complement(.property(property)) : .property(property)
    }

    /// The rule that holds without regard to case.
    ///
    /// Two characters beyond ASCII are an ASCII letter but for case: `ſ` and the sign of the kelvin.
    static func bothCases(of rule: Rule) throws(Failure) -> Rule {
        switch rule {
        case .range(let range):
            try refuseLettersBeyondASCII(in: range)
            let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).flatMap { lower -> [Rule] in
                let cases = [Unicode.Scalar(lower), Unicode.Scalar(lower - 0x20)]
                guard cases.contains(where: range.contains) else { return [] }
                let others: [Unicode.Scalar] =
                    lower == UInt8(ascii: "k") ? ["\u{212A}"] : lower == UInt8(ascii: "s") ? ["ſ"] : []
                return (cases + others).map { .scalar($0) }
            }
            return .union([rule] + letters)
        case .property(let property):
            if property.dependsOnCase {
                throw Failure(words: "a property that depends on case without regard to it")
            }
            return rule
        case .union(let rules):
            var members: [Rule] = []
            for rule in rules { members.append(try bothCases(of: rule)) }
            return .union(members)
        case .intersection(let one, let other):
            return .intersection(try bothCases(of: one), try bothCases(of: other))
        case .complement(let rule): return .complement(try bothCases(of: rule))
        }
    }

    private static func refuseLettersBeyondASCII(in range: ClosedRange<Unicode.Scalar>) throws(Failure) {
        let codes = max(range.lowerBound.value, 0x80)..<max(range.upperBound.value, 0x7F) + 1
        if codes.contains(where: { Unicode.Scalar($0)?.properties.isCased == true }) {
            throw Failure(words: "letters beyond ASCII without regard to case")
        }
    }

    private mutating func takeIntersection() -> Bool {
        guard place + 1 < scalars.count, scalars[place] == "&", scalars[place + 1] == "&" else {
            return false
        }
        place += 2
        return true
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard place < scalars.count, scalars[place] == scalar else { return false }
        place += 1
        return true
    }
}

extension ScalarSet.Rule {
    /// One character.
    static func scalar(_ scalar: Unicode.Scalar) -> Self { .range(scalar...scalar) }

    /// Every character.
    static let any = Self.range("\0"..."\u{10FFFF}")
}
