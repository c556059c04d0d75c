import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// An adapter or matrix that is no prompt is refused by one sentence that names file and place.
@Suite struct ExchangeRefusalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes an adapter's folder; a field of `nil` is left out.
    private func write(
        _ fields: [String: JSONValue?] = [:], values: [Float] = [1, 2, 3, 4, 5, 6], shape: [Int] = [3, 2],
        tensor: String = "prompt_embeddings", metadata: [String: String] = ["format": "pt"]
    ) throws {
        var configuration: JSONObject = [
            "peft_type": "PROMPT_TUNING", "num_virtual_tokens": 3, "token_dim": 2,
            "num_transformer_submodules": 1, "task_type": "CAUSAL_LM",
        ]
        for (name, value) in fields { configuration[name] = value }
        try folder.write(JSONValue.object(configuration).text(), to: "adapter_config.json")
        try SafetensorsWriter.write(
            [.init(name: tensor, shape: shape, values: values)], metadata: metadata,
            to: folder.path("adapter_model.safetensors"))
    }

    private func expectRefusal(
        _ file: String?, saying words: String, _ line: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: (any Error).self, sourceLocation: line) {
            try PEFTAdapter(folder: folder.path)
        }
        let failure = error.map { HostError($0) }
        #expect(failure?.kind == .data, sourceLocation: line)
        #expect(
            failure?.sentence.hasPrefix((file.map(folder.path) ?? folder.path) + ": ") == true,
            sourceLocation: line)
        #expect(
            failure?.sentence.contains(words) == true, "\(failure?.sentence ?? "")", sourceLocation: line)
    }

    @Test("A configuration that is no prompt's is refused by its field")
    func configuration() throws {
        let file = "adapter_config.json"
        let cases: [([String: JSONValue?], String)] = [
            (["peft_type": "LORA"], "'peft_type' is 'LORA'"),
            (["peft_type": .some(nil)], "'peft_type' is missing"),
            (["peft_type": 3], "'peft_type' is 3; it should be a text"),
            (["num_transformer_submodules": 3], "'num_transformer_submodules' is 3"),
            (["num_virtual_tokens": 0], "'num_virtual_tokens' is 0"),
            (["num_virtual_tokens": .some(nil)], "'num_virtual_tokens' is missing"),
            (["token_dim": 2.5], "'token_dim' is 2.5"), (["num_layers": "two"], "'num_layers' is \"two\""),
        ]
        for (fields, words) in cases {
            try write(fields)
            expectRefusal(file, saying: words)
        }
        try folder.write("[]", to: file)
        expectRefusal(file, saying: "not a JSON object")
        try folder.write("{\"peft_type\": }", to: file)
        expectRefusal(file, saying: "line 1, column 15")
    }

    @Test("Fields that another version of PEFT has or lacks do not matter")
    func otherVersions() throws {
        try write(["num_transformer_submodules": .some(nil), "task_type": .some(nil), "new_field": [1]])
        #expect(try PEFTAdapter(folder: folder.path).prompt.values.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("A tensor that is missing, misshapen, not alone or not finite is refused by its name")
    func tensor() throws {
        let file = "adapter_model.safetensors"
        try write(tensor: "base_model.lora_A")
        expectRefusal(file, saying: "there is no tensor 'prompt_embeddings'")
        try write(shape: [2, 3])
        expectRefusal(file, saying: "'prompt_embeddings' is [2, 3], but adapter_config.json says [3, 2]")
        try write(shape: [6])
        expectRefusal(file, saying: "'prompt_embeddings' is [6]")
        try write(values: [1, 2, 3, .nan, 5, 6])
        expectRefusal(file, saying: "row 1 of the prompt holds a value that is not finite")
        try write(values: [1, 2, 3, 4, 5, -.infinity])
        expectRefusal(file, saying: "row 2 of the prompt")
        try SafetensorsWriter.write(
            ["prompt_embeddings", "score"].map {
                .init(name: $0, shape: [3, 2], values: [1, 2, 3, 4, 5, 6])
            },
            to: folder.path(file))
        expectRefusal(file, saying: "no use for: score")
        try folder.write("short", to: file)
        expectRefusal(file, saying: "truncated")
    }

    @Test("Facts that contradict the prompt are refused by their key")
    func facts() throws {
        let file = "adapter_model.safetensors"
        let cases = [
            ("sonde.initialisation", "magic", "'sonde.initialisation' of the metadata is 'magic'"),
            ("sonde.live_rows", "[true]", "1 live rows for a prompt of 3 rows"),
            ("sonde.live_rows", "[1, 0, 1]", "not a list of truth values"),
            ("sonde.initial_tokens", "[1, 2]", "2 initial tokens for a prompt of 3 rows"),
            ("sonde.initial_tokens", "[1, 2, 3000000000]", "not a list of token ids"),
        ]
        for (key, text, words) in cases {
            try write(metadata: ["sonde.initialisation": "noise"].merging([key: text]) { $1 })
            expectRefusal(file, saying: words)
        }
    }

    @Test("A folder without an adapter, or with a damaged one, is refused")
    func folders() throws {
        expectRefusal(nil, saying: "has no adapter_config.json")
        try write()
        try FileManager.default.removeItem(atPath: folder.path("adapter_model.safetensors"))
        expectRefusal(nil, saying: "there is no adapter_model.safetensors")
        try folder.write("pickle", to: "adapter_model.bin")
        expectRefusal("adapter_model.bin", saying: "no whole ZIP archive")
    }
}
