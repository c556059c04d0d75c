import SondeJSON
import Testing
import TransformerKit

/// Every component, with all its options, does what it does in `tokenizers`: Tests/References/tokenizer_components.py.
@Suite struct TokenizerComponentTests {
    @Test func everyLineGetsTheReferencesIdsAndText() throws {
        let rows = try FixtureFiles.lines("tokenizers/components.jsonl")
        try #require(rows.count > 80)
        let model = try #require(rows[0]["model"])
        let lines = try #require(rows[0]["lines"]?.arrayValue).compactMap(\.stringValue)
        for row in rows.dropFirst() {
            var parts = try #require(row.objectValue)
            parts["ids"] = nil
            parts["decoded"] = nil
            let name = JSONValue.object(parts).text().prefix(200)
            let tokenizer = try TokenizerFile(parts: parts, model: model).read()
            for (index, line) in lines.enumerated() {
                let expected =
                    row["ids"]?[index]?.arrayValue?.compactMap { $0.intValue.map(Int32.init) } ?? []
                let ids = tokenizer.encode(line, addingSpecialTokens: true)
                #expect(ids == expected, "\(name) on \(line.debugDescription)")
                guard let text = row["decoded"]?[index]?.stringValue else { continue }
                let decoded = tokenizer.decode(expected, skippingSpecialTokens: false)
                #expect(decoded.utf8.elementsEqual(text.utf8), "\(name) on \(line.debugDescription)")
            }
        }
    }

    /// Each is refused with the words for what is not supported.
    @Test(arguments: [
        (#"(a)\1"#, #"\1"#), (#"\p{Han}"#, #"the property "Han""#), (#"[a-z"#, "a set without an end"),
        (#"(?:a"#, "a group without an end"), (#"a)"#, "an unmatched parenthesis"),
        (#"*a"#, "a repetition of nothing"),
        (#"(a*)*"#, "a repetition of what may be empty"), (#"a{1001}"#, "a repetition beyond 1000"),
        (#"(?i)é"#, "letters beyond ASCII without regard to case"),
        (#"(?i)st"#, #""st" without regard to case"#),
        (#"\Ra"#, #"\R"#), (#"(?x)a"#, "(?x"), (#"[b-a]"#, "a range without bounds"),
        (#"(?i)\p{Lu}"#, "a property that depends on case without regard to it"),
        (#"a\"#, "a backslash at the end"),
        (#"\xff"#, "a byte that is no character"),
        (#"(((ab){99}){99}){99}"#, "an expression that is too long"),
    ])
    func anExpressionThatWouldBeReadWronglyIsRefused(_ expression: String, _ words: String) throws {
        let file = try TokenizerFile.countingParts(pattern: expression)
        let error = try #require(throws: TokenizerError.self) { try file.read() }
        #expect(error.field == "pre_tokenizer.pretokenizers[0].pattern")
        #expect(
            error.description.contains("a regular expression with \(words), which is not supported"),
            "\(error)")
    }

    /// A million characters, each of which a greedy run may have to give back.
    @Test func alongTextIsNoTrapForAnExpression() throws {
        let text = String(repeating: "a", count: 1_000_000) + "b"
        for (expression, count) in [(#"a+(?=c)"#, 1), (#"a+?b|(?:a|c)+"#, 1)] {
            let tokenizer = try TokenizerFile.countingParts(pattern: expression).read()
            #expect(tokenizer.encode(String(text.prefix(2000)), addingSpecialTokens: false).count == count)
        }
        let tokenizer = try TokenizerFile.countingParts(pattern: #"(?:a|c)+"#).read()
        #expect(tokenizer.encode(text, addingSpecialTokens: false).count == 2)
    }
}
