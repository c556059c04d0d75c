/// Reads a regular expression in the syntax of Ruby, which `tokenizers` uses through Oniguruma.
///
/// Without back references, named groups' names, conditions, scripts (`\p{Han}`), and case-insensitive matching of other
/// letters than ASCII's; all of them are refused by name.
struct RegularExpressionParser {
    /// Why an expression cannot be read.
    struct Failure: Error {
        let words: String
    }

    private struct Options {
        var ignoresCase = false
        /// Whether `.` matches a line feed.
        var isDotAll = false
    }

    private let scalars: [Unicode.Scalar]
    private(set) var place = 0
    private var options = Options()

    private init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

    /// The structure of an expression.
    static func parse(_ expression: String) throws(Failure) -> RegularExpressionNode {
        var parser = RegularExpressionParser(expression)
        let node = try parser.alternatives()
        guard parser.place == parser.scalars.count else { throw Failure(words: "an unmatched parenthesis") }
        return node
    }

    private mutating func alternatives() throws(Failure) -> RegularExpressionNode {
        // Options that a group sets for its rest end with it.
        let outer = options
        defer { options = outer }
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return choices.count == 1 ? choices[0] : .alternatives(choices)
    }

    private mutating func sequence() throws(Failure) -> RegularExpressionNode {
        var parts: [RegularExpressionNode] = []
        while let next = current, next != "|", next != ")" {
            guard let part = try item() else {
                // Options for the rest of the group, alternatives included.
                parts.append(try alternativesOfRest())
                break
            }
            parts.append(try repeated(part))
            try refuseFolds(in: parts)
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func alternativesOfRest() throws(Failure) -> RegularExpressionNode {
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return .alternatives(choices)
    }

    /// One item without its repetition, or nil for options such as `(?i)`.
    private mutating func item() throws(Failure) -> RegularExpressionNode? {
        let start = place
        switch next() {
        case "(": return try group()
        case "[":
            var parser = ScalarSetParser(scalars, at: start, ignoresCase: options.ignoresCase)
            let rule = try parser.set()
            place = parser.place
            return .set(ScalarSet(rule))
        case ".": return .set(ScalarSet(options.isDotAll ? .any : .complement(.scalar("\n"))))
        case "^": return .anchor(.lineStart)
        case "$": return .anchor(.lineEnd)
        case "*", "+", "?": throw Failure(words: "a repetition of nothing")
        case "\\": return try escape(from: start)
        case let scalar?: return try literal(scalar)
        case nil: throw Failure(words: "an expression that ends too early")
        }
    }

    private mutating func escape(from start: Int) throws(Failure) -> RegularExpressionNode {
        switch current {
        case "A": return anchor(.textStart)
        case "z": return anchor(.textEnd)
        case "Z": return anchor(.lastLineEnd)
        case "b": return anchor(.wordBoundary)
        case "B": return anchor(.noWordBoundary)
        case let scalar? where Self.unsupportedEscapes.contains(scalar):
            throw Failure(words: "\\\(scalar)")
        default:
            var parser = ScalarSetParser(scalars, at: start, ignoresCase: options.ignoresCase)
            let rule = try parser.escape()
            place = parser.place
            return .set(ScalarSet(options.ignoresCase ? try ScalarSetParser.bothCases(of: rule) : rule))
        }
    }

    /// Line breaks, clusters, resets and references, among others.
    private static let unsupportedEscapes = "RXKGNOkg123456789".unicodeScalars

    private mutating func anchor(_ anchor: RegularExpressionNode.Anchor) -> RegularExpressionNode {
        place += 1
        return .anchor(anchor)
    }

    private func literal(_ scalar: Unicode.Scalar) throws(Failure) -> RegularExpressionNode {
        .set(
            ScalarSet(
                options.ignoresCase ? try ScalarSetParser.bothCases(of: .scalar(scalar)) : .scalar(scalar)))
    }

    private mutating func group() throws(Failure) -> RegularExpressionNode? {
        guard take("?") else { return try rest() }
        switch next() {
        case ":": return try rest()
        case "=": return .look(try rest(), isAhead: true, isNegative: false)
        case "!": return .look(try rest(), isAhead: true, isNegative: true)
        case ">": return .atomic(try rest())
        case "<" where take("="): return .look(try rest(), isAhead: false, isNegative: false)
        case "<" where take("!"): return .look(try rest(), isAhead: false, isNegative: true)
        case "<":
            while let scalar = next(), scalar != ">" {}
            return try rest()
        default:
            place -= 1
            return try optionGroup()
        }
    }

    /// `(?i)` and `(?i-m:...)`, after the question mark.
    private mutating func optionGroup() throws(Failure) -> RegularExpressionNode? {
        let outer = options
        var isOn = true
        while let scalar = next() {
            switch scalar {
            case "i": options.ignoresCase = isOn
            case "m": options.isDotAll = isOn
            case "-": isOn = false
            case ")": return nil
            case ":":
                let node = try rest()
                options = outer
                return node
            default: throw Failure(words: "(?\(scalar)")
            }
        }
        throw Failure(words: "a group without an end")
    }

    private mutating func rest() throws(Failure) -> RegularExpressionNode {
        let node = try alternatives()
        guard take(")") else { throw Failure(words: "a group without an end") }
        return node
    }

    private mutating func repeated(_ part: RegularExpressionNode) throws(Failure) -> RegularExpressionNode {
        var node = part
        while true {
            let (minimum, maximum, isInterval): (Int, Int?, Bool)
            if take("*") {
                (minimum, maximum, isInterval) = (0, nil, false)
            } else if take("+") {
                (minimum, maximum, isInterval) = (1, nil, false)
            } else if take("?") {
                (minimum, maximum, isInterval) = (0, 1, false)
            } else if let bounds = interval() {
                (minimum, maximum, isInterval) = (bounds.minimum, bounds.maximum, true)
            } else {
                return node
            }
            // Ruby has no possessive intervals, and takes `{2}?` for `(?:{2})?`.
            let preference: RegularExpressionNode.Preference =
                !(isInterval && minimum == maximum) && take("?")
                ? .lazy : !isInterval && take("+") ? .possessive : .greedy
            guard !node.canBeEmpty || maximum == 1 else {
                throw Failure(words: "a repetition of what may be empty")
            }
            guard max(minimum, maximum ?? 0) <= 1000 else { throw Failure(words: "a repetition beyond 1000") }
            node = .repetition(node, minimum: minimum, maximum: maximum, preference)
        }
    }

    /// `{2}`, `{2,}`, `{,3}` or `{2,3}`; any other brace stands for itself.
    private mutating func interval() -> (minimum: Int, maximum: Int?)? {
        guard current == "{", let end = scalars[place...].firstIndex(of: "}") else { return nil }
        let text = String(String.UnicodeScalarView(scalars[(place + 1)..<end]))
        let bounds = text.split(separator: ",", omittingEmptySubsequences: false).map { ($0, Int($0)) }
        guard bounds.allSatisfy({ $0.isEmpty || $1 != nil }), bounds.contains(where: { $1 != nil }) else {
            return nil
        }
        switch (bounds.count, bounds.first?.1, bounds.last?.1) {
        case (1, let count?, _):
            place = end + 1
            return (count, count)
        case (2, let minimum, let maximum) where minimum ?? 0 <= maximum ?? .max:
            place = end + 1
            return (minimum ?? 0, maximum)
        default: return nil
        }
    }

    /// Refuses neighbours that Oniguruma, matching without case, finds in one character, such as `st` in `ﬆ`.
    private func refuseFolds(in parts: [RegularExpressionNode]) throws(Failure) {
        guard options.ignoresCase, parts.count > 1, case .set(let first) = parts[parts.count - 2],
            case .set(let second) = parts[parts.count - 1]
        else { return }
        let folds: [(Unicode.Scalar, Unicode.Scalar)] = [
            ("s", "s"), ("f", "f"), ("f", "i"), ("f", "l"), ("s", "t"),
        ]
        for (one, other) in folds where first.contains(one) && second.contains(other) {
            throw Failure(words: "\"\(one)\(other)\" without regard to case")
        }
    }

    private var current: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func next() -> Unicode.Scalar? {
        defer { place += 1 }
        return current
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        place += 1
        return true
    }
}
