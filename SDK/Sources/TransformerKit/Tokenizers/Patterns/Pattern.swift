/// What a component looks for in a text: a text as it is, or a regular expression.
struct Pattern {
    /// A stretch of a text: a match, or what stands between two.
    typealias Stretch = (range: Range<Int>, isMatch: Bool)

    private let expression: RegularExpression

    private init(_ expression: RegularExpression) { self.expression = expression }

    /// A regular expression of the program's own.
    static func known(_ expression: String) -> Pattern {
        do {
            return Pattern(try RegularExpression(expression))
        } catch {
            preconditionFailure("\(expression) is no expression: \(error.words)")
        }
    }

    /// A character as it is.
    init(_ character: Unicode.Scalar) { expression = RegularExpression(character) }

    /// Reads a field such as `{"String": " "}` or `{"Regex": "\\s+"}`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        let literal = try field.optional("String")
        let written = if let literal { try literal.string } else { try field.required("Regex").string }
        do throws(RegularExpressionParser.Failure) {
            expression =
                try literal == nil ? RegularExpression(written) : RegularExpression(literal: written)
        } catch {
            let words = "a regular expression with \(error.words)"
            throw field.failure(.unsupported(words, supported: "Ruby's syntax without such"))
        }
    }

    /// All of a text, from left to right.
    func stretches(of text: ArraySlice<UInt8>) -> [Stretch] {
        guard !text.isEmpty else { return [(text.indices, false)] }
        var stretches: [Stretch] = []
        stretches.reserveCapacity(text.count / 4)
        var covered = text.startIndex
        expression.forEachMatch(in: text) { match in
            if covered < match.lowerBound { stretches.append((covered..<match.lowerBound, false)) }
            stretches.append((match, true))
            covered = match.upperBound
        }
        if covered < text.endIndex { stretches.append((covered..<text.endIndex, false)) }
        return stretches
    }
}
