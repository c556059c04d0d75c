import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// What `torch.save` wrote is read as torch reads it, and nothing of it is run.
@Suite struct ExchangeTorchTests {
    private static let published = BuiltProducts.package + "/../shared/data/prompts/torch"
    private let folder: TemporaryFolder
    private let record: JSONValue

    init() throws {
        folder = try TemporaryFolder()
        record = try Fixture.json("exchange/torch/values.json")
    }

    private static func file(_ name: String) -> String {
        Fixture.folder.appending(path: "exchange/torch/\(name).pt").path
    }

    private func refusal(of path: String) -> HostError? {
        #expect(throws: (any Error).self) { try PromptSource.prompt(at: path) }.map { HostError($0) }
    }

    @Test(
        "Tensors of every type and layout, alone or in a dictionary, have the values that torch loads",
        arguments: [
            "single", "half", "brain", "double", "transposed", "slice", "batch", "parameter", "checkpoint",
            "ordered", "state-dict",
        ])
    func values(_ name: String) throws {
        let rows = try #require(record["values"]?[name]?.arrayValue).map(\.floats)
        let prompt = try PromptSource.prompt(at: Self.file(name))
        #expect(
            prompt.values == DenseTensor(shape: [rows.count, rows[0].count], values: rows.flatMap(\.self)))
        #expect(prompt.provenance == ["source": "\(name).pt"])
    }

    @Test(
        "Prompts that were published are read",
        .enabled(if: FileManager.default.fileExists(atPath: published), "../shared is not there"))
    func publishedPrompts() throws {
        let published = try #require(record["published"]?.objectValue)
        #expect(published.count == 41)
        for (name, facts) in published {
            let values = try PromptSource.prompt(at: Self.published + "/" + name).values
            #expect(values.shape == facts["shape"]?.arrayValue?.compactMap(\.intValue), "\(name)")
            let sum = values.values.reduce(0) { $0 + Double($1) }
            #expect(abs(sum - (facts["sum"]?.doubleValue ?? .nan)) < 1e-6, "\(name)")
            #expect(values.values.first.map(Double.init) == facts["first"]?.doubleValue, "\(name)")
            #expect(values.values.last.map(Double.init) == facts["last"]?.doubleValue, "\(name)")
        }
    }

    @Test(
        "What is no prompt is refused by what it is",
        arguments: [
            ("two-tensors", "this one holds 2"), ("integers", "names 'torch.LongStorage'"),
            ("vector", "its tensor is [4], not a matrix"), ("number", "neither a tensor nor a dictionary"),
            ("function", "names 'io.open'"), ("module", "names 'torch.nn.modules.linear.Linear'"),
            ("old-format", "torch before 1.6"),
        ])
    func refusals(_ name: String, _ words: String) {
        let file = Self.file("refused/" + name)
        let error = refusal(of: file)
        #expect(error?.kind == .data)
        #expect(error?.sentence.hasPrefix(file + ": ") == true)
        #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
    }

    @Test("A file cut anywhere is refused")
    func cutFiles() throws {
        let bytes = try Data(contentsOf: URL(filePath: Self.file("single")))
        for length in 0..<bytes.count {
            let file = try folder.write(bytes.prefix(length), to: "prompt.pt")
            #expect(refusal(of: file)?.kind == .data, "cut to \(length) bytes")
        }
    }

    @Test("A file with a changed byte is refused or read, and nothing else happens")
    func changedFiles() throws {
        let bytes = try Data(contentsOf: URL(filePath: Self.file("checkpoint")))
        for place in 0..<bytes.count {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = bytes
                changed[place] ^= change
                let file = try folder.write(changed, to: "prompt.pt")
                do {
                    let prompt = try PromptSource.prompt(at: file)
                    #expect(prompt.values.values.count == prompt.rows * prompt.width)
                } catch {
                    #expect(HostError(error).kind == .data, "byte \(place): \(error)")
                }
            }
        }
    }

    @Test("An adapter of PEFT with a pickled tensor is read")
    func pickledAdapter() throws {
        let configuration: JSONObject = [
            "peft_type": "PROMPT_TUNING", "num_virtual_tokens": 6, "token_dim": 4, "task_type": "CAUSAL_LM",
        ]
        try folder.write(JSONValue.object(configuration).text(), to: "adapter_config.json")
        try folder.write(
            Data(contentsOf: URL(filePath: Self.file("ordered"))), to: "adapter_model.bin")
        let rows = try #require(record["values"]?["ordered"]?.arrayValue).map(\.floats)
        #expect(try PromptSource.prompt(at: folder.path).values.values == rows.flatMap(\.self))
    }

    @Test("Of the two halves of an encoder-decoder's adapter the first is taken, and the prompt says so")
    func twoStacks() throws {
        let configuration: JSONObject = [
            "peft_type": "PROMPT_TUNING", "num_virtual_tokens": 1, "token_dim": 2,
            "num_transformer_submodules": 2, "task_type": "SEQ_2_SEQ_LM",
        ]
        try folder.write(JSONValue.object(configuration).text(), to: "adapter_config.json")
        try SafetensorsWriter.write(
            [.init(name: "prompt_embeddings", shape: [2, 2], values: [1, 2, 3, 4])],
            metadata: ["format": "pt"], to: folder.path("adapter_model.safetensors"))
        let prompt = try PromptSource.prompt(at: folder.path)
        #expect(prompt.values == DenseTensor(shape: [1, 2], values: [1, 2]))
        #expect(prompt.baseModel.architecture == .seq2seq)
        #expect(prompt.leftOut?.hasPrefix("rows 1 to 1, ") == true)
        try PEFTAdapter.write(prompt, to: folder.path("own"))
        let own = try JSONValue(
            parsing: String(contentsOfFile: folder.path("own/adapter_config.json"), encoding: .utf8))
        #expect(own["num_transformer_submodules"] == 1)
        #expect(try PromptSource.prompt(at: folder.path("own")).values == prompt.values)
    }

    @Test("PEFT's own adapter of an encoder-decoder is read, and PEFT reads what becomes of it")
    func encoderDecoder() throws {
        let root = Fixture.folder.appending(path: "exchange/two-stacks").path
        let record = try Fixture.json("exchange/two-stacks/peft.json")
        let rows = try #require(record["prompt"]?.arrayValue)
        let prompt = try PEFTAdapter(folder: root + "/source").prompt
        #expect(rows.count == prompt.rows)
        #expect(rows.flatMap(\.floats) == prompt.values.values)
        #expect(prompt.leftOut != nil)
        #expect(try PEFTAdapter(folder: root + "/adapter").prompt.values == prompt.values)
        #expect(record["configuration"]?["num_transformer_submodules"] == 1)
    }
}
