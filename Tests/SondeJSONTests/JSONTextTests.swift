import SondeJSON
import Testing

/// Parts of a text are read without the rest.
@Suite struct JSONTextTests {
    @Test func membersAndElementsAreFound() throws {
        let text = try JSONText(
            parsing: #" {"a": [1, {"b": "],}\"\\"}, []], "\u00e9\n": null , "c":{}} "#.utf8)
        #expect(text.isObject)
        #expect(text["a"]?.isArray == true)
        #expect(try text["a"]?.value() == [1, ["b": "],}\"\\"], []])
        #expect(text["a"]?.elements?.map { "\($0)" } == ["1", #"{"b":"],}\"\\"}"#, "[]"])
        #expect(text["é\n"]?.isNull == true)
        #expect(text["c"]?.elements == nil)
        #expect(text["absent"] == nil)
        #expect(text["a"]?["a"] == nil)
        #expect("\(text)" == #"{"a":[1,{"b":"],}\"\\"},[]],"é\n":null,"c":{}}"#)
    }

    @Test(arguments: ["3", "-2.5", "true", "\"x\"", "[]", "{}"]) func aTextMayBeAnyValue(_ text: String)
        throws
    {
        let part = try #require(try JSONText(parsing: "[0,\(text)]".utf8).elements?.last)
        #expect(try part.value() == JSONValue(parsing: text))
        #expect("\(part)" == text)
    }

    /// Far longer than what json-c is given at a time.
    @Test func allOfALargeObjectOrArrayIsHandedOutInOrder() throws {
        let count = 40_000
        let members = (0..<count).map { "\"kéy\\t\($0)\":[\($0),\"\($0)\"]" }.joined(separator: ", ")
        let elements = (0..<count).map(String.init).joined(separator: ",\n")
        let text = try JSONText(parsing: "{\"first\":{\(members)},\"second\":[\(elements)],\"third\":7}".utf8)
        #expect(try text["third"]?.value() == 7)
        let object = try #require(text["first"])
        #expect(object.stretches.count > 10)
        var place = 0
        for stretch in object.stretches {
            try stretch.tree().withRoot { root in
                root.forEachMember { key, value in
                    #expect(String(utf8: key) == "kéy\t\(place)")
                    #expect(value.count == 2)
                    #expect(value.element(0).intValue == place)
                    #expect(value.element(1).withUTF8 { String(utf8: $0) } == "\(place)")
                    place += 1
                }
            }
        }
        #expect(place == count)
        var sum = 0
        for stretch in try #require(text["second"]).stretches {
            try stretch.tree().withRoot { root in root.forEachElement { sum += $0.intValue ?? 0 } }
        }
        #expect(sum == count * (count - 1) / 2)
        #expect(try object.value().objectValue?.count == count)
    }

    @Test func anEmptyObjectOrArrayHasNothingToHandOut() throws {
        for empty in ["[]", "{}"] {
            for stretch in try JSONText(parsing: empty.utf8).stretches {
                try stretch.tree().withRoot { root in
                    root.forEachElement { _ in Issue.record("an element") }
                    root.forEachMember { _, _ in Issue.record("a member") }
                }
            }
        }
        #expect(try JSONText(parsing: "3".utf8).stretches.isEmpty)
    }

    @Test(arguments: [3, 16, 17, 40, 5000]) func aKeyThatStandsTwiceIsFoundHoweverManyThereAre(_ count: Int)
        throws
    {
        let keys = (0..<count).map { "k\u{e9}\($0)" }
        func text(_ keys: [String]) -> String {
            "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        #expect(try JSONValue(parsing: text(keys)).objectValue?.keys == keys)
        for place in [0, count / 2, count - 1] {
            let twice = keys + ["k\\u00e9\(place)"]
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text(twice)) }
            #expect(error?.reason == .duplicateKey(keys[place]))
            #expect(error?.byteOffset == text(keys).utf8.count)
        }
    }
}
