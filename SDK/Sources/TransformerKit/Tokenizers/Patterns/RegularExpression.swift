/// A regular expression that is matched as `tokenizers` does it with Oniguruma, in the syntax of Ruby.
struct RegularExpression {
    private let program: RegularExpressionProgram

    /// Reads an expression.
    /// - Throws: the words for what is not supported.
    init(_ expression: String) throws(RegularExpressionParser.Failure) {
        program = try RegularExpressionProgram(RegularExpressionParser.parse(expression))
    }

    /// An expression for a text itself.
    init(literal: String) throws(RegularExpressionParser.Failure) {
        program = try RegularExpressionProgram(
            .sequence(literal.unicodeScalars.map { .set(ScalarSet(.scalar($0))) }))
    }

    /// An expression for one character.
    init(_ character: Unicode.Scalar) { program = RegularExpressionProgram(character) }

    /// Hands out all matches from left to right; an empty one only where the match before does not end.
    func forEachMatch(in text: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
        var matcher = RegularExpressionMatcher(program, on: text)
        var lastEnd: Int?
        var place = text.startIndex
        while place <= text.endIndex {
            if let end = matcher.end(from: place), end > place || lastEnd != place {
                body(place..<end)
                lastEnd = end
                if end > place {
                    place = end
                    continue
                }
            }
            place = text.scalar(at: place)?.end ?? text.endIndex + 1
        }
    }
}
