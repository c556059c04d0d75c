import SondeJSON
import Testing

/// Swift values and JSON values turn into each other; what fails is named by its path.
@Suite struct JSONCodingTests {
    struct Recipe: Codable, Equatable {
        struct Stage: Codable, Equatable {
            var rate: Double
            var steps: Int
        }
        var name: String
        var stages: [Stage]
        var extra: JSONValue?
    }

    let recipe = Recipe(
        name: "é", stages: [.init(rate: 0.03, steps: 4)], extra: ["b": [1, 2.5, nil, "x", true], "a": [:]])

    @Test func aValueComesBackAsItWas() throws {
        let value = try JSONValue(encoding: recipe)
        #expect(value["stages"]?[0]?["rate"]?.doubleValue == 0.03)
        #expect(try value.decoded(as: Recipe.self) == recipe)
    }

    @Test(arguments: [
        (#"{"name": "n"}"#, "missing field 'stages'"),
        (#"{"name": "n", "stages": [{"rate": 1}]}"#, "missing field 'stages[0].steps'"),
        (#"{"name": "n", "stages": [{"rate": null, "steps": 1}]}"#, "missing field 'stages[0].rate'"),
        (#"{"name": 3, "stages": []}"#, "field 'name' has to be a string"),
        (#"{"name": "n", "stages": {}}"#, "field 'stages' has to be an array"),
        (#"{"name": "n", "stages": [1]}"#, "field 'stages[0]' has to be an object"),
        (
            #"{"name": "n", "stages": [{"rate": "x", "steps": 1}]}"#,
            "field 'stages[0].rate' has to be a number"
        ),
    ])
    func aFieldThatFailsIsNamedByItsPath(_ text: String, _ message: String) throws {
        let value = try JSONValue(parsing: text)
        let error = #expect(throws: JSONCodingError.self) { try value.decoded(as: Recipe.self) }
        #expect(error?.description == message)
    }

    @Test func aNumberThatIsNotFiniteIsRefused() {
        let endless = Recipe(name: "n", stages: [.init(rate: .infinity, steps: 0)])
        let error = #expect(throws: JSONCodingError.self) { try JSONValue(encoding: endless) }
        #expect(error?.description.contains("stages[0].rate") == true)
    }
}
