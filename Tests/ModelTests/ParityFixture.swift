import Foundation
import Safetensors
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// A tiny model with what transformers and PEFT say about it (Tests/References/record_*.py, recording.py).
struct ParityFixture {
    struct Row: Decodable {
        struct Answers: Decodable {
            var logprobs: [Double]
            var prediction: Int
            var language_loss: Double
            var choice_loss: Double
            /// Absent for a model that cannot decode.
            var greedy: [Int32]?
            /// The same for the first tokens alone, where that is a score of its own.
            var first_token: FirstToken?
        }

        struct FirstToken: Decodable {
            var logprobs: [Double]
            var language_loss: Double
            var choice_loss: Double
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
            /// Absent for a model with one stack.
            var stack: String?
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

    /// A recorded checkpoint, and the options that it is loaded with.
    struct Shape: CustomTestStringConvertible {
        /// The folder of the model type, and the shape's in it.
        var name: String
        var options: JSONObject = [:]
        /// The folder of the answers in the shape's, where there are several.
        var answers = ""

        var testDescription: String {
            [name, answers, JSONValue.object(options).text()].joined(separator: " ")
        }
    }

    /// Heads that are and are not a power of two, F16, BF16, shards without prefix, other names, an embedding table
    /// larger than the tokenizer; 16-bit weights widened once and widened where they are used.
    private static let causal =
        [
            "four-heads", "three-heads", "six-heads", "half", "bfloat", "sharded", "wide-vocabulary",
        ].map { Shape(name: "bloom/\($0)") }
        + ["half", "bfloat"].map { Shape(name: "bloom/\($0)", options: ["memory": "low"]) }

    /// Both places of prompt and answer.
    private static let masked = ["extras", "five-heads", "half", "sharded", "three-heads"].flatMap { name in
        ["cloze", "leading-mask"].map { layout in
            Shape(name: "roberta/\(name)", options: ["layout": .string(layout)], answers: layout)
        }
    }

    /// ReLU and gated, tied and untied heads, scaled and not, stacks of different depth, BF16.
    private static let encoderDecoder = [
        "bfloat", "gated-untied", "relu-tied", "resaved", "scaled-untied", "shallow-decoder",
    ].map { Shape(name: "t5/\($0)") }

    static let shapes = causal + masked + encoderDecoder

    let model: any Model
    let prompt: SoftPrompt
    let rows: [Row]
    let edits: [EditCase]
    /// Gradients and activations.
    let tensors: SafetensorsFile

    init(_ shape: Shape) throws {
        let root = URL(filePath: BuiltProducts.package).appending(path: "Tests/Fixtures/\(shape.name)")
        let folder = shape.answers.isEmpty ? root : root.appending(path: shape.answers)
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
        rows = expected.rows
        edits = expected.edits
        tensors = try SafetensorsFile(folder.appending(path: "expected.safetensors").path)
        let adapter = try SafetensorsFile(root.appending(path: "prompt/adapter_model.safetensors").path)
        let values = try adapter.values(of: "prompt_embeddings")
        let runtime = HostRuntime(threads: 2)
        let registry = try Registry(
            search: PluginSearch(executable: BuiltProducts.sonde), host: runtime)
        model = try registry.makeModel(
            directory: root.appending(path: "model").path, options: shape.options)
        prompt = SoftPrompt(
            values: values, rows: expected.prompt_rows, width: values.count / expected.prompt_rows)
    }

    /// The rows as a batch; rows with an empty text are left out where there is no prompt.
    func batch(_ rows: [Row]) -> Rows {
        var batch = Rows()
        for row in rows { batch.append(text: row.text_ids, candidates: row.candidate_ids, label: row.label) }
        return batch
    }

    /// The name of a model's only stack, or of an encoder-decoder's first.
    var stack: String { get throws { try #require(model.card.stacks.first).name } }

    /// Rows that can be run without a prompt.
    var rowsWithText: [Row] { rows.filter { $0.bare != nil } }
}

/// The norm of the difference over the norm of the reference, or over `least` where that is larger.
func relativeError(_ values: [Float], _ reference: [Float], atLeast least: Double = 1e-15) -> Double {
    precondition(values.count == reference.count)
    let difference = zip(values, reference).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
    let norm = reference.reduce(0.0) { $0 + pow(Double($1), 2) }
    return difference.squareRoot() / max(norm.squareRoot(), least)
}
