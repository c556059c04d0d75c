import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// Prompts are read from every place where they lie.
@Suite struct ExchangeSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func refusal(of path: String) -> HostError? {
        #expect(throws: (any Error).self) { try PromptSource.prompt(at: path) }.map { HostError($0) }
    }

    /// A `.npy` file of version 1.
    private func writeArray(_ header: String, _ data: [UInt8]) throws -> String {
        let length = UInt16(header.utf8.count)
        let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
        return try folder.write(Data(start + Array(header.utf8) + data), to: "prompt.npy")
    }

    private func header(_ type: String = "<f4", _ shape: String = "(2, 1)", order: String = "False") -> String
    {
        "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }\n"
    }

    @Test("NumPy's own file has the values that PEFT read of it")
    func recordedMatrix() throws {
        let file = Fixture.folder.appending(path: "exchange/matrix/prompt.npy").path
        let record = try Fixture.json("exchange/matrix/peft.json")
        let prompt = try PromptSource.prompt(at: file)
        #expect(prompt.values.values == record["prompt"]?.arrayValue?.flatMap(\.floats))
        #expect(prompt.provenance == ["source": "prompt.npy"])
        #expect(prompt.initialisation == nil)
    }

    @Test("Halves, singles and doubles are read")
    func elementTypes() throws {
        let cases: [(String, [UInt8])] = [
            ("<f2", [0x00, 0x3E, 0x00, 0xC0]), ("<f4", [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0]),
            ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0]),
        ]
        for (type, data) in cases {
            let prompt = try PromptSource.prompt(at: writeArray(header(type), data))
            #expect(prompt.values == DenseTensor(shape: [2, 1], values: [1.5, -2]), "\(type)")
        }
    }

    @Test("An array that is no plain matrix is refused")
    func otherArrays() throws {
        let eight = [UInt8](repeating: 0, count: 8)
        let cases: [(String, [UInt8], String)] = [
            (header("<i4"), eight, "the elements are '<i4'"),
            (header(">f4"), eight, "the elements are '>f4'"),
            (header(order: "True"), eight, "Fortran order"), (header("<f4", "(2,)"), eight, "no matrix"),
            (header("<f4", "(2, 1, 1)"), eight, "no matrix"),
            (header(), Array(eight.dropLast()), "7 bytes of data, not 2 × 1 × 4"),
            (header(), eight + [0], "9 bytes of data"),
            (header("<f4", "(9223372036854775807, 2)"), eight, "8 bytes of data"),
            (header("<f4", "(0, 4)"), [], "at least one value"),
            (
                header(), [0, 0, 0x80, 0x7F, 0, 0, 0, 0],
                "row 0 of the prompt holds a value that is not finite"
            ),
        ]
        for (header, data, words) in cases {
            let file = try writeArray(header, data)
            let error = refusal(of: file)
            #expect(error?.kind == .data)
            #expect(error?.sentence.hasPrefix(file + ": ") == true)
            #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "")")
        }
    }

    @Test("A .npy file cut anywhere is refused")
    func cutArrays() throws {
        let file = try writeArray(header(), [UInt8](repeating: 0, count: 8))
        let bytes = try Data(contentsOf: URL(filePath: file))
        for length in 0..<bytes.count {
            try folder.write(bytes.prefix(length), to: "prompt.npy")
            #expect(refusal(of: file)?.kind == .data, "cut to \(length) bytes")
        }
    }

    @Test("A file of one tensor is a prompt, and one of several is not")
    func tensors() throws {
        let path = folder.path("prompt.safetensors")
        let tensor = SafetensorsWriter.Tensor(name: "any", shape: [2, 1], values: [1, 2])
        try SafetensorsWriter.write([tensor], to: path)
        #expect(try PromptSource.prompt(at: path).values == DenseTensor(shape: [2, 1], values: [1, 2]))
        try SafetensorsWriter.write([tensor, .init(name: "b", shape: [1], values: [1])], to: path)
        #expect(refusal(of: path)?.sentence.contains("this one holds 2") == true)
        try SafetensorsWriter.write([.init(name: "b", shape: [1], values: [1])], to: path)
        #expect(refusal(of: path)?.sentence.contains("a matrix of rows × width") == true)
    }

    @Test("The folder of a cell is read by the adapter within it")
    func cells() throws {
        let prompt = try StoredPrompt(values: DenseTensor(shape: [1, 1], values: [1]))
        try PEFTAdapter.write(prompt, to: folder.makeFolder("cell") + "/prompt")
        #expect(try PromptSource.prompt(at: folder.path("cell")) == prompt)
    }

    @Test("What is no place of a prompt is refused")
    func otherPlaces() throws {
        #expect(refusal(of: folder.path("absent"))?.kind == .inputOutput)
        #expect(refusal(of: folder.path)?.sentence.contains("no adapter's folder") == true)
        let text = try folder.write("1 2 3", to: "prompt.txt")
        #expect(refusal(of: text)?.sentence.contains("a .npy, .safetensors or .pt file") == true)
    }

    @Test("The listing gives facts, norms, live rows and first tokens, and no control characters")
    func listing() throws {
        let prompt = try StoredPrompt(
            values: DenseTensor(shape: [2, 2], values: [3, 4, 0, 0.5]), liveRows: [true, false],
            initialisation: .text, initialText: "a\u{1B}[2Jb", initialTokens: [417, 5],
            baseModel: .init(name: "some/model", architecture: .causal, layers: 2), provenance: ["task": "cb"]
        )
        let lines = PromptListing(prompt).text.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        for line in [
            "rows 2", "width 2", "row norms 0.5000 to 5.0000", "base model some/model (causal, 2 layers)",
            "task cb", "0 5.0000 yes 417", "1 0.5000 no 5",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        #expect(!PromptListing(prompt).text.contains("\u{1B}"))
    }
}
