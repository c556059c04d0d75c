import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// Prompts go to PEFT and come from it without a change.
@Suite struct ExchangeAdapterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let shapes = [
        "four-heads", "three-heads", "six-heads", "half", "bfloat", "sharded", "wide-vocabulary",
    ]

    @Test("An adapter that PEFT saved is read exactly, with its facts", arguments: shapes)
    func reading(_ shape: String) throws {
        let source = Fixture.folder.appending(path: "bloom/\(shape)/prompt").path
        let prompt = try PEFTAdapter(folder: source).prompt
        let configuration = try Fixture.json("bloom/\(shape)/prompt/adapter_config.json")
        let tensor = try SafetensorsFile(source + "/adapter_model.safetensors")
        #expect(try prompt.values.values == tensor.values(of: "prompt_embeddings"))
        #expect(prompt.rows == configuration["num_virtual_tokens"]?.intValue)
        #expect(prompt.width == configuration["token_dim"]?.intValue)
        #expect(prompt.initialText == configuration["prompt_tuning_init_text"]?.stringValue)
        #expect(prompt.initialisation == (prompt.initialText == nil ? .noise : .text))
        #expect(prompt.baseModel.architecture == .causal)
        #expect(prompt.baseModel.layers == configuration["num_layers"]?.intValue)
        #expect(prompt.baseModel.attentionHeads == configuration["num_attention_heads"]?.intValue)
    }

    @Test("What is written of PEFT's adapter has the very bytes of its configuration", arguments: shapes)
    func writingBack(_ shape: String) throws {
        let source = Fixture.folder.appending(path: "bloom/\(shape)/prompt").path
        try PEFTAdapter.write(PEFTAdapter(folder: source).prompt, to: folder.path("adapter"))
        let written = try String(contentsOfFile: folder.path("adapter/adapter_config.json"), encoding: .utf8)
        let original = try String(contentsOfFile: source + "/adapter_config.json", encoding: .utf8)
        #expect(written == original)
    }

    @Test("PEFT reads what Sonde wrote: the same values and the same fields", arguments: ["matrix", "text"])
    func whatPEFTReads(_ name: String) throws {
        let record = try Fixture.json("exchange/\(name)/peft.json")
        let adapter = Fixture.folder.appending(path: "exchange/\(name)/adapter").path
        let rows = try #require(record["prompt"]?.arrayValue)
        let prompt = try PEFTAdapter(folder: adapter).prompt
        #expect(rows.count == prompt.rows)
        #expect(rows.flatMap(\.floats) == prompt.values.values)
        #expect(try Fixture.json("exchange/\(name)/adapter/adapter_config.json") == record["configuration"])
        try PEFTAdapter.write(prompt, to: folder.path("again"))
        for file in ["adapter_config.json", "adapter_model.safetensors"] {
            let again = try Data(contentsOf: URL(filePath: folder.path("again/" + file)))
            #expect(try again == Data(contentsOf: URL(filePath: adapter + "/" + file)), "\(file)")
        }
    }

    @Test("Facts that PEFT has no field for come back too")
    func ownFacts() throws {
        let prompt = try StoredPrompt(
            values: DenseTensor(shape: [3, 2], values: [1, -0.0, .leastNonzeroMagnitude, 4, 5, 6]),
            placement: "before", liveRows: [true, false, true], initialisation: .vocabulary,
            initialText: "é\n\"x\"", initialTokens: [7, 0, .max],
            baseModel: .init(name: "models/some", architecture: .seq2seq, layers: 3, attentionHeads: 2),
            provenance: ["task": "cb", "seed": "1", "a.b": ""])
        try PEFTAdapter.write(prompt, to: folder.path("adapter"))
        #expect(try PEFTAdapter(folder: folder.path("adapter")).prompt == prompt)
    }

    @Test("A prompt of which nothing is known stays one")
    func noFacts() throws {
        let prompt = try StoredPrompt(values: DenseTensor(shape: [1, 2], values: [1, 2]))
        try PEFTAdapter.write(prompt, to: folder.path("adapter"))
        #expect(try PEFTAdapter(folder: folder.path("adapter")).prompt == prompt)
    }

    @Test("A text is not claimed as PEFT's beginning where PEFT would want a tokenizer that has no name")
    func textWithoutModel() throws {
        let prompt = try StoredPrompt(
            values: DenseTensor(shape: [1, 1], values: [1]), initialisation: .text, initialText: "yes")
        try PEFTAdapter.write(prompt, to: folder.path("adapter"))
        let file = try Data(contentsOf: URL(filePath: folder.path("adapter/adapter_config.json")))
        #expect(try JSONValue(parsing: Array(file))["prompt_tuning_init"] == "RANDOM")
        #expect(try PEFTAdapter(folder: folder.path("adapter")).prompt == prompt)
    }
}

/// An adapter's folder takes a place only when it may, and then whole.
@Suite struct ExchangePlaceTests {
    private let folder: TemporaryFolder
    private let prompts: [StoredPrompt]

    init() throws {
        folder = try TemporaryFolder()
        prompts = try [1, 2].map { try StoredPrompt(values: DenseTensor(shape: [1, 1], values: [$0])) }
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("An adapter is replaced only when asked")
    func replacing() throws {
        let place = folder.path("adapter")
        try PEFTAdapter.write(prompts[0], to: place)
        let error = #expect(throws: HostError.self) { try PEFTAdapter.write(prompts[1], to: place) }
        #expect(error?.kind == .data)
        #expect(error?.sentence.hasPrefix(place + ": ") == true)
        #expect(try PEFTAdapter(folder: place).prompt == prompts[0])
        try PEFTAdapter.write(prompts[1], to: place + "/", replacing: true)
        #expect(try PEFTAdapter(folder: place).prompt == prompts[1])
        #expect(try names() == ["adapter"])
    }

    @Test("A folder of something else is never replaced, and an empty one is filled")
    func otherFolders() throws {
        let file = try folder.write("precious", to: "other/notes.txt")
        let error = #expect(throws: HostError.self) {
            try PEFTAdapter.write(prompts[0], to: folder.path("other"), replacing: true)
        }
        #expect(error?.sentence.contains("holds something else") == true)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
        try PEFTAdapter.write(prompts[0], to: folder.makeFolder("empty"))
        #expect(try PEFTAdapter(folder: folder.path("empty")).prompt == prompts[0])
        #expect(try names() == ["empty", "other"])
    }

    @Test("Where the system refuses, nothing is left behind", arguments: ["absent/adapter", "file"])
    func refusedPlaces(_ name: String) throws {
        try folder.write("a file", to: "file")
        for isReplacing in [false, true] {
            let error = #expect(throws: HostError.self) {
                try PEFTAdapter.write(prompts[0], to: folder.path(name), replacing: isReplacing)
            }
            #expect(error?.kind == .inputOutput)
            #expect(error?.sentence.hasPrefix(folder.path(name) + ": the folder cannot be written") == true)
        }
        #expect(try names() == ["file"])
    }
}
