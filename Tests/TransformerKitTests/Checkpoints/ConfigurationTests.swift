import SondeSDK
import TestSupport
import Testing
import TransformerKit

/// The fields of config.json are read under all their names; errors name file and field.
@Suite struct ConfigurationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func configuration(_ text: String) throws -> Configuration {
        try folder.write(text, to: "config.json")
        return try Configuration(directory: folder.path)
    }

    private func message(_ body: () throws -> Void) -> String {
        let error = #expect(throws: SondeError.self) { try body() }
        #expect(
            error?.message.hasPrefix(folder.path("config.json") + ": ") == true, "\(error?.message ?? "")")
        return error?.message ?? ""
    }

    @Test(arguments: [#"{"n_embed": 48}"#, #"{"hidden_size": 48}"#, #"{"n_embed": null, "hidden_size": 48}"#])
    func aSizeIsReadUnderAnyOfItsNames(_ text: String) throws {
        #expect(try configuration(text).size("n_embed", "hidden_size") == 48)
    }

    @Test(arguments: ["0", "-3", "1.5", "\"48\"", "true", "99999999999999"])
    func aSizeThatIsNoneIsRefused(_ value: String) throws {
        let configuration = try configuration("{\"n_layer\": \(value)}")
        #expect(message { _ = try configuration.size("n_layer") }.contains("'n_layer' is \(value)"))
    }

    @Test func aSizeThatIsMissingIsNamedByAllItsNames() throws {
        let configuration = try configuration("{}")
        #expect(
            message { _ = try configuration.size("n_head", "heads") }.contains(
                "'n_head' or 'heads' is missing"))
    }

    @Test func otherFieldsHaveDefaultsAndKinds() throws {
        let configuration = try configuration(
            #"{"rate": 1e-5, "whole": 2, "flag": true, "end": null, "bad": []}"#)
        #expect(try configuration.number("rate", default: 1) == 1e-5)
        #expect(try configuration.number("whole", default: 1) == 2)
        #expect(try configuration.number("absent", default: 0.5) == 0.5)
        #expect(try configuration.boolean("flag", default: false))
        #expect(try configuration.boolean("absent", default: true))
        #expect(try configuration.integer("whole") == 2)
        #expect(try configuration.integer("end") == nil)
        #expect(message { _ = try configuration.number("bad", default: 1) }.contains("'bad'"))
        #expect(message { _ = try configuration.boolean("rate", default: true) }.contains("'rate'"))
        #expect(message { _ = try configuration.integer("rate") }.contains("'rate'"))
    }

    @Test func anotherArchitectureIsRefusedWithBothNames() throws {
        let other = try configuration(#"{"model_type": "gpt2"}"#)
        let words = message { try other.requireModelType("bloom") }
        #expect(words.contains("'gpt2'") && words.contains("'bloom'"))
        try configuration(#"{"model_type": "bloom"}"#).requireModelType("bloom")
        let nameless = try configuration("{}")
        #expect(message { try nameless.requireModelType("bloom") }.contains("'model_type'"))
    }

    @Test func aFileThatIsNoObjectOrNotThereIsRefused() throws {
        #expect(message { _ = try Configuration(directory: folder.path) }.contains("no such file"))
        #expect(message { _ = try configuration("[1]") }.contains("not a JSON object"))
        #expect(message { _ = try configuration("{\"a\":1,\n\"a\":2}") }.contains("line 2, column 1"))
    }

    @Test func theFixturesAreRead() throws {
        for (shape, width, heads) in [("four-heads", 32, 4), ("six-heads", 48, 6)] {
            let configuration = try Configuration(directory: FixtureFiles.path("bloom/\(shape)/model"))
            #expect(try configuration.size("n_embed", "hidden_size") == width)
            #expect(try configuration.size("num_attention_heads", "n_head") == heads)
        }
    }
}
