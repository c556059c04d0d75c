import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// A tiny BLOOM with what transformers and PEFT say about it (Tests/References/record_bloom.py).
struct ParityFixture {
    struct Row: Decodable {
        struct Answers: Decodable {
            var logprobs: [Double]
            var prediction: Int
            var language_loss: Double
            var choice_loss: Double
            var greedy: [Int32]
        }

        var id: String
        var text: String
        var candidates: [String]
        var label: Int
        var text_ids: [Int32]
        var candidate_ids: [[Int32]]
        var with_prompt: Answers
        /// Without a prompt; absent for an empty text.
        var bare: Answers?
    }

    struct EditCase: Decodable {
        struct Change: Decodable {
            var site: String
            var layer: Int
            var neurons: [UInt32]
            var positions: String
            var mode: String
            var constant: Float?
            var means: [Float]?
        }

        struct Receipt: Decodable {
            var visited: Int
            var changed: Int
            var total_change: Double
        }

        struct Result: Decodable {
            var id: String
            var has_prompt: Bool
            var logprobs: [Double]
            var receipts: [Receipt]
        }

        var name: String
        var edits: [Change]
        var results: [Result]
    }

    private struct Expected: Decodable {
        var prompt_rows: Int
        var rows: [Row]
        var edits: [EditCase]
    }

    /// A recorded checkpoint, and how its weights are kept.
    struct Shape: CustomTestStringConvertible {
        var name: String
        var memory = "normal"

        var testDescription: String { memory == "normal" ? name : "\(name), memory: \(memory)" }
    }

    /// All shapes: heads that are and are not a power of two, F16, BF16, shards without prefix, other names, an
    /// embedding table larger than the tokenizer; 16-bit weights widened once and widened where they are used.
    static let shapes =
        [
            "four-heads", "three-heads", "six-heads", "half", "bfloat", "sharded", "wide-vocabulary",
        ].map { Shape(name: $0) } + ["half", "bfloat"].map { Shape(name: $0, memory: "low") }

    let model: any Model
    let prompt: SoftPrompt
    let rows: [Row]
    let edits: [EditCase]
    /// Gradients and activations.
    let tensors: SafetensorsFile

    init(_ shape: Shape) throws {
        let folder = URL(filePath: BuiltProducts.package).appending(
            path: "Tests/Fixtures/bloom/\(shape.name)")
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
        rows = expected.rows
        edits = expected.edits
        tensors = try SafetensorsFile(folder.appending(path: "expected.safetensors").path)
        let adapter = try SafetensorsFile(folder.appending(path: "prompt/adapter_model.safetensors").path)
        let values = try adapter.values(of: "prompt_embeddings")
        let runtime = HostRuntime(threads: 2)
        let registry = try Registry(
            search: PluginSearch(executable: BuiltProducts.sonde), host: runtime)
        model = try registry.makeModel(
            directory: folder.appending(path: "model").path, options: ["memory": .string(shape.memory)])
        prompt = SoftPrompt(
            values: values, rows: expected.prompt_rows, width: values.count / expected.prompt_rows)
    }

    /// The rows as a batch; rows with an empty text are left out where there is no prompt.
    func batch(_ rows: [Row]) -> Rows {
        var batch = Rows()
        for row in rows { batch.append(text: row.text_ids, candidates: row.candidate_ids, label: row.label) }
        return batch
    }

    /// Rows that can be run without a prompt.
    var rowsWithText: [Row] { rows.filter { $0.bare != nil } }
}

/// The norm of the difference over the norm of the reference.
func relativeError(_ values: [Float], _ reference: [Float]) -> Double {
    precondition(values.count == reference.count)
    let difference = zip(values, reference).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
    let norm = reference.reduce(0.0) { $0 + pow(Double($1), 2) }
    return (difference / max(norm, 1e-30)).squareRoot()
}
