import Foundation
import Safetensors
import SondeJSON
import SondeSDK
import TestSupport
import Testing
import TransformerKit

/// Checkpoints are read in every form in which users have them, and a misfit is described in full.
@Suite struct CheckpointTests {
    private let workspace = Workspace(pool: BufferPool(), parallel: .serial)

    private func values(_ parameter: Parameter) -> [Float] {
        parameter.train(pool: BufferPool())
        var values: [Float] = []
        parameter.update { values = Array($0) }
        return values
    }

    /// All tensors of a folder's files by their names without prefix.
    private func tensors(in folder: String) throws -> [String: (shape: [Int], values: [Float])] {
        var tensors: [String: (shape: [Int], values: [Float])] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(".safetensors") {
            let file = try SafetensorsFile(folder + "/" + name)
            for entry in file.entries {
                let bare =
                    entry.name.hasPrefix("transformer.") ? String(entry.name.dropFirst(12)) : entry.name
                tensors[bare] = (entry.shape, try file.values(of: entry.name))
            }
        }
        return tensors
    }

    @Test(arguments: [
        "four-heads", "three-heads", "six-heads", "half", "bfloat", "sharded", "wide-vocabulary",
    ])
    func everyTensorOfEveryFormIsReadExactly(_ shape: String) throws {
        let folder = FixtureFiles.path("bloom/\(shape)/model")
        let tensors = try tensors(in: folder)
        try #require(tensors.count > 25)
        let expected = ExpectedTensors(
            tensors.map { name, tensor in
                ExpectedTensor(name, tensor.shape, standsOutsidePrefix: name == "lm_head.weight")
            }, prefix: "transformer.")
        let parameters = try Checkpoint(directory: folder).parameters(expected, in: workspace)
        for (name, tensor) in tensors {
            let parameter = try parameters[name]
            #expect(parameter.rows * parameter.width == tensor.values.count)
            #expect(parameter.width == tensor.shape.last)
            #expect(values(parameter) == tensor.values, "\(name)")
        }
    }

    @Test func dataThatIsNotAlignedIsRead() throws {
        let folder = try TemporaryFolder()
        let header = #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        for padding in 0..<4 {
            var bytes = withUnsafeBytes(of: UInt64(header.utf8.count + padding).littleEndian) { Data($0) }
            bytes.append(Data((header + String(repeating: " ", count: padding)).utf8))
            for value: Float in [1.5, -2] {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(Data($0)) }
            }
            try folder.write(bytes, to: "model.safetensors")
            let parameters = try Checkpoint(directory: folder.path).parameters(
                ExpectedTensors([ExpectedTensor("x", [2])], prefix: "p."), in: workspace)
            #expect(values(try parameters["x"]) == [1.5, -2])
        }
    }

    @Test func everyMisfitIsListedAtOnce() throws {
        let folder = try TemporaryFolder()
        try SafetensorsWriter.write(
            [
                .init(name: "p.shape", shape: [2, 1], values: [0, 0]),
                .init(name: "p.extra", shape: [1], values: [0]),
                .init(name: "p.h.0.mask", shape: [1], values: [0]),
                .init(name: "p.right", shape: [1], values: [0]),
            ], to: folder.path("model.safetensors"))
        let expected = ExpectedTensors(
            [
                ExpectedTensor("shape", [1, 2]), ExpectedTensor("absent", [3]),
                ExpectedTensor("gone", [4, 5]),
                ExpectedTensor("right", [1]), ExpectedTensor("optional", [9], isOptional: true),
            ], prefix: "p.", ignoredSuffixes: [".mask"])
        let checkpoint = try Checkpoint(directory: folder.path)
        let error = #expect(throws: SondeError.self) { try checkpoint.parameters(expected, in: workspace) }
        let message = try #require(error?.message)
        #expect(error?.code == .invalidData)
        #expect(message.hasPrefix(folder.path + ": "))
        for words in [
            "p.absent [3]", "p.gone [4, 5]", "surplus: p.extra", "p.shape is [2, 1] and should be [1, 2]",
        ] {
            #expect(message.contains(words), "\(message)")
        }
        for name in ["right", "optional", "mask"] { #expect(!message.contains(name), "\(message)") }
    }

    @Test func integersAreNoWeights() throws {
        let folder = try TemporaryFolder()
        let header = #"{"x":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}"#
        let bytes =
            withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
        try folder.write(bytes + Data(count: 4), to: "model.safetensors")
        let checkpoint = try Checkpoint(directory: folder.path)
        let error = #expect(throws: SondeError.self) {
            try checkpoint.parameters(
                ExpectedTensors([ExpectedTensor("x", [1])], prefix: "p."), in: workspace)
        }
        #expect(error?.message.contains("x is I32") == true)
    }

    @Test func shardsThatAreMissingTwiceOrElsewhereAreRefused() throws {
        let folder = try TemporaryFolder()
        func index(_ map: JSONObject) throws {
            try folder.write(
                JSONValue.object(["weight_map": .object(map)]).text(), to: "model.safetensors.index.json")
        }
        func refusal() -> String {
            #expect(throws: SondeError.self) { try Checkpoint(directory: folder.path) }?.message ?? ""
        }
        #expect(refusal().contains("neither model.safetensors nor model.safetensors.index.json"))
        try index(["x": "one.safetensors", "y": "two.safetensors"])
        #expect(refusal().contains("one.safetensors: cannot be opened"))
        for name in ["one", "two"] {
            try SafetensorsWriter.write(
                [.init(name: "x", shape: [1], values: [0])], to: folder.path("\(name).safetensors"))
        }
        #expect(refusal().contains("two.safetensors: tensor 'x' is also in"))
        try index(["x": "../one.safetensors"])
        #expect(refusal().contains("names no files beside it"))
        try folder.write("{\"weight_map\": [}", to: "model.safetensors.index.json")
        #expect(refusal().contains("model.safetensors.index.json: line 1, column 17"))
    }

    @Test func theDigestChangesWithAnyByteAndNotWithTheThreads() throws {
        let folder = try TemporaryFolder()
        func digest(_ values: [Float], _ parallel: Parallel) throws -> String {
            try SafetensorsWriter.write(
                [.init(name: "x", shape: [values.count], values: values)],
                to: folder.path("model.safetensors"))
            return try Checkpoint(directory: folder.path).digest(
                in: Workspace(pool: BufferPool(), parallel: parallel))
        }
        let backwards = Parallel(threadCount: 3) { count, body in (0..<count).reversed().forEach(body) }
        var values = (0..<3_000_000).map(Float.init)
        let first = try digest(values, .serial)
        #expect(first.count == 32)
        #expect(try digest(values, backwards) == first)
        values[2_999_999] = 0
        let second = try digest(values, .serial)
        #expect(second != first)
        values.swapAt(0, 1)
        #expect(try digest(values, .serial) != second)
    }
}

/// A checkpoint of 16-bit numbers whose matrices are not widened computes what the widened one does.
@Suite struct LowMemoryTests {
    /// Sizes beyond a tile of 512 × 1024 in both directions, and below.
    private static let shapes = [(3, 5), (600, 40), (40, 1100)]

    @Test(arguments: ["F16", "BF16"], shapes)
    func productsAndRowsAreThoseOfWidenedWeights(type: String, shape: (rows: Int, width: Int)) throws {
        let folder = try TemporaryFolder()
        let values = Sample.random(shape.rows, shape.width, seed: 5).values
        var bytes = Data()
        for value in values {
            let bits = type == "F16" ? Float16(value).bitPattern : UInt16(value.bitPattern >> 16)
            withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
        }
        let header =
            #"{"x":{"dtype":"\#(type)","shape":[\#(shape.rows),\#(shape.width)],"data_offsets":[0,\#(bytes.count)]}}"#
        let padding = String(repeating: " ", count: header.utf8.count % 2)
        var file = withUnsafeBytes(of: UInt64(header.utf8.count + padding.utf8.count).littleEndian) {
            Data($0)
        }
        file.append(Data((header + padding).utf8))
        try folder.write(file + bytes, to: "model.safetensors")
        let expected = ExpectedTensors([ExpectedTensor("x", [shape.rows, shape.width])], prefix: "p.")
        for threads in [1, 2] {
            let workspace = makeWorkspace(threads: threads)
            let checkpoint = try Checkpoint(directory: folder.path)
            let weights = try WeightMemory.allCases.map {
                try checkpoint.parameters(expected, memory: $0, in: workspace)["x"]
            }
            let results = weights.map { computed(with: $0, in: workspace) }
            for (low, normal) in zip(results[1], results[0]) {
                #expect(low.count == normal.count && largestDifference(low, normal) < 1e-4)
            }
            #expect(results[1][0] == results[0][0], "rows are exact")
            let trained = weights.map { weight in
                weight.train(pool: workspace.pool)
                var values: [Float] = []
                weight.update { values = Array($0) }
                return values
            }
            #expect(trained[1] == trained[0])
        }
    }

    /// Rows, products, their gradients, and log-probabilities under a head of this weight.
    private func computed(with weight: Parameter, in workspace: Workspace) -> [[Float]] {
        let tape = Tape(workspace: workspace, isRecording: true)
        let rows = tape.embed([0, Int32(weight.rows - 1)], table: weight)
        let input = tape.variable(Sample.random(7, weight.width, seed: 6).tensor(workspace.pool))
        let output = tape.linear(input, weight: weight)
        let scores = tape.logProbabilities(
            of: [ScoredToken(row: 0, token: 1), ScoredToken(row: 6, token: 0)], hidden: input,
            head: ScoringHead(weight: weight))
        tape.backward(from: [
            (output, Sample.random(7, weight.rows, seed: 7).tensor(workspace.pool)),
            (scores, Sample.random(2, 1, seed: 8).tensor(workspace.pool)),
        ])
        let likeliest = tape.likeliestTokens(after: input, head: ScoringHead(weight: weight)).map(Float.init)
        return [
            rows.tensor.values, output.tensor.values, scores.tensor.values, tape.gradient(of: input).values,
            likeliest,
        ]
    }
}
