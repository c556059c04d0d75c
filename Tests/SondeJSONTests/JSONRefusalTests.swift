import SondeJSON
import Testing

/// Every text that is no strict JSON is refused, with its place.
@Suite struct JSONRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let text: String
        let reason: JSONError.Reason
        let line: Int
        let column: Int
        var testDescription: String { text }

        init(_ text: String, _ reason: JSONError.Reason, column: Int, line: Int = 1) {
            self.text = text
            self.reason = reason
            self.line = line
            self.column = column
        }
    }

    static let refusals: [Refusal] = [
        Refusal("", .unexpectedEnd(expected: "a value"), column: 1),
        Refusal("  \n ", .unexpectedEnd(expected: "a value"), column: 2, line: 2),
        Refusal("{", .unexpectedEnd(expected: "a key in double quotes"), column: 2),
        Refusal("[1,]", .unexpected(found: "\"]\"", expected: "a value"), column: 4),
        Refusal("{\"a\":1,}", .unexpected(found: "\"}\"", expected: "a key in double quotes"), column: 8),
        Refusal("{'a':1}", .unexpected(found: "\"'\"", expected: "a key in double quotes"), column: 2),
        Refusal("['a']", .unexpected(found: "\"'\"", expected: "a value"), column: 2),
        Refusal("[1 2]", .unexpected(found: "\"2\"", expected: "a comma or a closing bracket"), column: 4),
        Refusal("{\"a\" 1}", .unexpected(found: "\"1\"", expected: "a colon"), column: 6),
        Refusal(
            "{\"a\":1 \"b\":2}", .unexpected(found: "\"\"\"", expected: "a comma or a closing brace"),
            column: 8),
        Refusal("[1]\n// note", .trailingText, column: 1, line: 2),
        Refusal("[1, /* note */ 2]", .unexpected(found: "\"/\"", expected: "a value"), column: 5),
        Refusal("1 2", .trailingText, column: 3),
        Refusal("NaN", .unexpected(found: "\"N\"", expected: "a value"), column: 1),
        Refusal("nan", .unexpected(found: "\"a\"", expected: "\"null\""), column: 2),
        Refusal("[Infinity]", .unexpected(found: "\"I\"", expected: "a value"), column: 2),
        Refusal("-Infinity", .unexpected(found: "\"I\"", expected: "a digit"), column: 2),
        Refusal("+1", .unexpected(found: "\"+\"", expected: "a value"), column: 1),
        Refusal("01", .leadingZero, column: 1),
        Refusal("-01.5", .leadingZero, column: 2),
        Refusal("1.", .unexpectedEnd(expected: "a digit"), column: 3),
        Refusal(".5", .unexpected(found: "\".\"", expected: "a value"), column: 1),
        Refusal("1e", .unexpectedEnd(expected: "a digit"), column: 3),
        Refusal("0x10", .trailingText, column: 2),
        Refusal("[0, 1e400]", .numberOutOfRange("1e400"), column: 5),
        Refusal("9223372036854775808", .integerOutOfRange("9223372036854775808"), column: 1),
        Refusal("-9223372036854775809", .integerOutOfRange("-9223372036854775809"), column: 1),
        Refusal("\"a\tb\"", .controlCharacter(9), column: 3),
        Refusal("\"a\u{0}b\"", .nulCharacter, column: 3),
        Refusal("\"\\u0000\"", .nulCharacter, column: 2),
        Refusal("\"\\x41\"", .unknownEscape("\\x"), column: 2),
        Refusal("\"\\u12g4\"", .unknownEscape("\\u12g4"), column: 2),
        Refusal("\"\\ud83d\"", .loneSurrogate, column: 2),
        Refusal("\"\\ude00\"", .loneSurrogate, column: 2),
        Refusal("\"\\ud83d\\u0041\"", .loneSurrogate, column: 2),
        Refusal("\"open", .unexpectedEnd(expected: "a closing quote"), column: 6),
        Refusal("\"\\u12", .unexpectedEnd(expected: "four hexadecimal digits"), column: 2),
        Refusal("truE", .unexpected(found: "\"E\"", expected: "\"true\""), column: 4),
        Refusal("\u{FEFF}1", .byteOrderMark, column: 1),
        Refusal("[\u{0}]", .nulCharacter, column: 2),
        Refusal("{\n \"é\": {},\n \"ü\": 1,\n \"é\": 2}", .duplicateKey("é"), column: 2, line: 4),
        Refusal("[{\"a\":{\"b\":1}}, {\"a\":1, \"\\u0061\":{}}]", .duplicateKey("a"), column: 25),
        Refusal("{\"a\":{\"a\":[],\"a\":[]}}", .duplicateKey("a"), column: 14),
    ]

    @Test(arguments: refusals)
    func malformedTextIsRefusedWithItsPlace(_ refusal: Refusal) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: refusal.text) }
        #expect(error?.reason == refusal.reason)
        #expect(error?.line == refusal.line)
        #expect(error?.column == refusal.column)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xE0, 0x80, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xC3, 0x22],
            [0x22, 0xE2, 0x82], [0x22, 0xF0, 0x9F, 0x98, 0x22], [0x22, 0x80, 0x22],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(_ bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.byteOffset == 1)
    }

    @Test func nestingIsLimited() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try JSONValue(parsing: nested(64))
        _ = try JSONValue(parsing: nested(3), depthLimit: 3)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
        #expect(error?.reason == .tooDeep(limit: 64))
        #expect(error?.column == 65)
    }

    @Test func theDescriptionIsOneSentenceWithThePlace() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\"rows\": 8,\n\"rows\": 9}") }
        #expect(error?.description == "line 2, column 1: the key \"rows\" stands twice in one object")
    }
}
