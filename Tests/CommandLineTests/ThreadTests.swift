import Foundation
import Safetensors
import SondeJSON
import TestSupport
import Testing

/// What the number of threads changes, and what it does not.
@Suite struct ThreadTests {
    private let home: TemporaryFolder
    private let model = BuiltProducts.package + "/samples/models/tiny-bloom"
    private let rows: String
    private let prompt: String

    /// Rows that are long enough for the loops to be shared out.
    init() throws {
        home = try TemporaryFolder()
        let text = String(repeating: "Is the garden behind the old house a quiet one? ", count: 8)
        let lines = (0..<12).map { index in
            #"{"id": "\#(index)", "text": "\#(text.dropFirst(3 * index))", "candidates": [" yes", " no"], "label": 0}"#
        }
        rows = try home.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
        let values = (0..<384).map { index in Float((index * 37) % 101 - 50) / 500 }
        let matrix = home.path("prompt.safetensors")
        try SafetensorsWriter.write([.init(name: "prompt", shape: [4, 96], values: values)], to: matrix)
        prompt = home.path("prompt")
        let made = try CommandRun.sonde(["prompt", "import", matrix, prompt], home: home)
        try #require(made.status == 0, "\(made.errors)")
    }

    @Test("One thread and two agree to 1e-5 on scores, losses and gradients; two and two to the bit")
    func agreement() throws {
        let one = try score(threads: 1)
        let two = try score(threads: 2)
        let again = try score(threads: 2)
        #expect(two.lines == again.lines)
        #expect(two.gradients == again.gradients)
        #expect(one.lines.count == 12)
        for (left, right) in zip(one.lines, two.lines) {
            #expect(relativeError(numbers(left), numbers(right)) < 1e-5)
        }
        #expect(!one.gradients.isEmpty)
        #expect(relativeError(one.gradients, two.gradients) < 1e-5)
    }

    @Test("A number of threads that OpenBLAS does not use is told with the one that it does")
    func refusedCount() throws {
        // Debian builds OpenBLAS for 64 threads at most.
        let run = try CommandRun.sonde(["plugins", "--threads", "300"], home: home)
        #expect(run.status == 0)
        #expect(run.errors.contains("OpenBLAS was asked for 300 threads and uses "))
    }

    /// Log-probabilities and the loss of a line.
    private func numbers(_ line: JSONValue) -> [Float] {
        ((line["logprobs"]?.arrayValue ?? []) + [line["loss"] ?? .null]).map {
            Float($0.doubleValue ?? .nan)
        }
    }

    private func score(threads: Int) throws -> (lines: [JSONValue], gradients: [Float]) {
        let file = home.path("gradients.safetensors")
        let run = try CommandRun.sonde(
            [
                "score", "--model", model, "--prompt", prompt, "--data", rows, "--loss", "language",
                "--gradient",
                file, "--json", "--threads", "\(threads)",
            ], home: home)
        #expect(run.status == 0, "\(run.errors)")
        let tensors = try SafetensorsFile(file)
        let names = tensors.entries.map(\.name).sorted()
        return (try jsonLines(run), try names.flatMap { try tensors.values(of: $0) })
    }
}
