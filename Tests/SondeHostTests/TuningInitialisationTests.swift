import SondeHost
import SondeJSON
import SondeSDK
import Testing

@Suite("How a prompt begins")
struct TuningInitialisationTests {
    private func recipe(_ options: JSONObject) throws -> TuningRecipe { try TuningRecipe(options) }

    @Test("A text's tokens are repeated or cut as PEFT does it")
    func text() throws {
        let reference = try Fixture.json("tuning/reference.json")
        let cases = try #require(reference["initialisation"]?.arrayValue)
        #expect(cases.count == 15)
        for recorded in cases {
            let tokens = try #require(recorded["text_tokens"]).integers
            let rows = try #require(recorded["rows"]?.intValue)
            // In the byte model a token's text is the byte itself.
            let text = String(decoding: tokens.map { UInt8($0) }, as: UTF8.self)
            let recipe = try recipe([
                "rows": .integer(Int64(rows)), "initialisation": "text", "text": .string(text),
            ])
            let model = ByteModel()
            let initial = try InitialPrompt(recipe, model: model, seed: 1)
            #expect(initial.tokens?.map(Int.init) == recorded["row_tokens"]?.integers)
            let copied = (initial.tokens ?? []).flatMap { model.embeddings(Int($0)..<Int($0) + 1).row(0) }
            #expect(initial.values == copied)
        }
    }

    @Test("Tokens from the vocabulary are only those that the tokenizer has, and the seed's alone")
    func vocabulary() throws {
        let recipe = try recipe(["rows": 2000, "initialisation": "vocabulary"])
        let first = try InitialPrompt(recipe, model: ByteModel(), seed: 1)
        #expect(first == (try InitialPrompt(recipe, model: ByteModel(), seed: 1)))
        #expect(first.values != (try InitialPrompt(recipe, model: ByteModel(), seed: 2)).values)
        let tokens = Set(try #require(first.tokens))
        #expect(!tokens.contains(257))
        #expect(tokens.count > 250)
    }

    @Test("Noise has mean 0 and the standard deviation that is asked for")
    func noise() throws {
        let recipe = try recipe(["rows": 4000, "initialisation": "noise", "standard_deviation": 0.5])
        let initial = try InitialPrompt(recipe, model: ByteModel(), seed: 3)
        let count = Double(initial.values.count)
        let mean = initial.values.reduce(0) { $0 + Double($1) } / count
        let variance = initial.values.reduce(0) { $0 + Double($1) * Double($1) } / count
        #expect(initial.tokens == nil)
        // Four standard errors of 24,000 values.
        #expect(abs(mean) < 4 * 0.5 / count.squareRoot())
        #expect(abs(variance.squareRoot() - 0.5) < 4 * 0.5 / (2 * count).squareRoot())
    }

    @Test("A text without tokens is refused")
    func emptyText() {
        #expect(
            performing: { try TuningRecipe(["initialisation": "text", "text": ""]) },
            throws: sentence(containing: "The option 'text' is empty"))
    }

    @Test("Options that do not exist, do not fit or do not go together are refused")
    func options() {
        #expect(throws: OptionProblem.self) { try TuningRecipe(["learning_rat": 0.1]) }
        #expect(throws: OptionProblem.self) { try TuningRecipe(["epochs": 0]) }
        #expect(throws: OptionProblem.self) { try TuningRecipe(["loss": "hinge"]) }
        #expect(throws: HostError.self) { try TuningRecipe(["betas": [0.9]]) }
        #expect(throws: HostError.self) { try TuningRecipe(["betas": [0.9, 1.0]]) }
        #expect(throws: HostError.self) { try TuningRecipe(["text": "a text for nothing"]) }
        #expect(throws: HostError.self) { try TuningRecipe(["learning_rate": 0]) }
    }
}
