import SondeJSON
import Testing

/// Values are read, kept and written without loss.
@Suite struct JSONValueTests {
    static let readings: [(String, JSONValue)] = [
        ("null", .null), ("true", true), (" false\n", false), ("0", 0), ("-7", -7),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("1.5", 1.5),
        ("1E5", 1e5), ("-0.0", .number(-0.0)), ("2.5e-3", 0.0025),
        ("5e-324", .number(.leastNonzeroMagnitude)), ("0e1", 0.0),
        ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)), ("\"\"", ""), ("[]", []), ("{}", [:]),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\ud83d\ude00\uFFFF""#, "é😀\u{FFFF}"),
        ("\"日本語 عربي 😀\u{7F}\"", "日本語 عربي 😀\u{7F}"), ("[1,[2,{\"a\":[]}]]", [1, [2, ["a": []]]]),
    ]

    @Test(arguments: readings) func everyKindOfValueIsRead(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func everyPlaneIsReadFromSurrogatePairs() throws {
        let lowerHalves: [UInt32] = [0, 0x41, 0xD7FF, 0xD800, 0xDC2D, 0xDFFF, 0xE000, 0xFFFF]
        let scalars = (1...16).flatMap { plane in
            lowerHalves.compactMap { Unicode.Scalar(UInt32(plane) << 16 | $0) }
        }
        for scalar in scalars {
            let escapes = String(scalar).utf16.map { "\\u" + String($0, radix: 16) }.joined()
            #expect(try JSONValue(parsing: "\"a\(escapes)\\\\b\"") == .string("a\(scalar)\\b"))
        }
        #expect(try JSONValue(parsing: #""\\ud83d\\ude00""#) == #"\ud83d\ude00"#)
    }

    @Test func keysKeepTheOrderOfTheText() throws {
        let keys = (0..<100).map { "key\(($0 * 37) % 100)" }
        let text = "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        let object = try #require(try JSONValue(parsing: text).objectValue)
        #expect(object.keys == keys)
        #expect(JSONValue.object(object).text() == text)
    }

    @Test func keysThatAreOnlyCanonicallyEqualAreTwoKeys() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\": 1, \"e\u{301}\": 2}")
        #expect(value["\u{E9}"]?.intValue == 1)
        #expect(value["e\u{301}"]?.intValue == 2)
    }

    @Test(arguments: [3, 40]) func anObjectCanBeChangedWhateverItsSize(_ count: Int) {
        var object = JSONObject((0..<count).map { ("key\($0)", .integer(Int64($0))) })
        object["key1"] = "one"
        object["key0"] = nil
        object["new"] = [true]
        object["absent"] = nil
        #expect(object.count == count)
        #expect(object.keys == (1..<count).map { "key\($0)" } + ["new"])
        #expect(object["key1"] == "one")
        #expect(object["key0"] == nil)
        #expect(object["new"] == [true])
        #expect(object["key\(count - 1)"] == .integer(Int64(count - 1)))
    }

    @Test func objectsAreEqualWhateverTheOrderOfTheirMembers() {
        let one: JSONValue = ["a": 1, "b": ["c": nil]]
        let other: JSONValue = ["b": ["c": nil], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "b": ["c": 0]])
        #expect(one != ["a": 1])
    }

    @Test func onlyExactKindsAreGivenOut() {
        let value: JSONValue = ["whole": 3, "real": 3.0, "word": "x", "list": [1], "flag": true, "none": nil]
        #expect(value["whole"]?.intValue == 3)
        #expect(value["whole"]?.doubleValue == 3)
        #expect(value["real"]?.intValue == nil)
        #expect(value["real"]?.doubleValue == 3)
        #expect(value["word"]?.stringValue == "x")
        #expect(value["word"]?.boolValue == nil)
        #expect(value["list"]?[0] == 1)
        #expect(value["list"]?[1] == nil)
        #expect(value["list"]?["0"] == nil)
        #expect(value["flag"]?.boolValue == true)
        #expect(value["none"]?.isNull == true)
        #expect(value["absent"] == nil)
    }

    @Test func textIsCompactOrIndented() {
        let value: JSONValue = ["a": [1, 2.5, nil], "b": [:], "c": [], "d": "\"\u{1}\n/\u{2028}"]
        #expect(value.text() == "{\"a\":[1,2.5,null],\"b\":{},\"c\":[],\"d\":\"\\\"\\u0001\\n/\u{2028}\"}")
        let indented = """
            {
              "a": [
                1,
                2.5,
                null
              ],
              "b": {},
              "c": [],
              "d": "\\\"\\u0001\\n/\u{2028}"
            }
            """
        #expect(value.text(indented: true) == indented)
    }

    @Test(arguments: [
        0.1, 1e-5, 1e16, 1e22, .leastNonzeroMagnitude, -0.0, 123_456_789.125, 1 / 3.0,
        .greatestFiniteMagnitude,
    ])
    func numbersReadBackToTheSameDouble(_ number: Double) throws {
        let text = JSONValue.number(number).text()
        guard case .number(let back) = try JSONValue(parsing: text) else {
            Issue.record("\(text) came back as another kind")
            return
        }
        #expect(back.bitPattern == number.bitPattern)
    }

    @Test func aNumberThatIsNotFiniteIsWrittenAsNull() {
        #expect(JSONValue.array([.number(.nan), .number(.infinity)]).text() == "[null,null]")
    }
}
