import Foundation
import Safetensors
import SondeJSON
import TestSupport
import Testing

/// `sonde score` end to end, against what transformers and PEFT say.
@Suite struct ScoreCommandTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
    }

    @Test(
        "Log-probabilities, predictions and losses agree with PEFT",
        arguments: [
            ("bloom/four-heads", "language"), ("bloom/three-heads", "choice"),
            ("bloom/sharded", "language"), ("bloom/bfloat", "choice"),
        ])
    func scoresWithPrompt(shape: String, loss: String) throws {
        let fixture = try ModelFixture(shape)
        let lines = try score(fixture, ["--prompt", fixture.prompt, "--data", fixture.data, "--loss", loss])
        #expect(lines.map { $0["id"] } == fixture.rows.map { $0["id"] })
        for (line, row) in zip(lines, fixture.rows) {
            let expected = try #require(row["with_prompt"])
            #expect(largestDifference(line["logprobs"], expected["logprobs"]) < 1e-4)
            #expect(line["prediction"] == expected["prediction"])
            let difference =
                try #require(line["loss"]?.doubleValue) - #require(expected["\(loss)_loss"]?.doubleValue)
            #expect(abs(difference) < 1e-4)
        }
    }

    @Test("Log-probabilities without a prompt agree with transformers")
    func scoresWithoutPrompt() throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let rows = fixture.rows.filter { $0["text"] != "" }
        let ids = Set(rows.compactMap { $0["id"]?.stringValue })
        let lines = try score(fixture, ["--data", fixture.writeRows(ids, to: home)])
        #expect(lines.count == rows.count)
        for (line, row) in zip(lines, rows) {
            #expect(largestDifference(line["logprobs"], row["bare"]?["logprobs"]) < 1e-4)
        }
    }

    @Test("Gradients with respect to the prompt agree with PEFT", arguments: ["language", "choice"])
    func gradients(loss: String) throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let file = home.path("gradient.safetensors")
        _ = try score(
            fixture, ["--prompt", fixture.prompt, "--data", fixture.data, "--loss", loss, "--gradient", file])
        let written = try SafetensorsFile(file)
        for row in fixture.rows {
            let id = try #require(row["id"]?.stringValue)
            let expected = try fixture.tensors.values(of: "gradient/\(loss)/\(id)")
            if expected.allSatisfy({ $0 == 0 }) {
                #expect(try written.values(of: id).allSatisfy { abs($0) < 1e-6 })
            } else {
                #expect(try relativeError(written.values(of: id), expected) < 1e-3, "\(id)")
            }
        }
    }

    @Test(
        "Tapped activations agree with transformers",
        arguments: [
            "ffn.activation", "residual", "attention.output", "embedding",
        ])
    func taps(site: String) throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let ids = ["beginning", "one-token", "scripts"]
        let files = ["text", "answer"].map { (positions: $0, file: home.path("\($0).safetensors")) }
        _ = try score(
            fixture,
            ["--prompt", fixture.prompt, "--data", fixture.writeRows(Set(ids), to: home)]
                + files.flatMap { ["--tap", "\(site):\($0.positions):\($0.file)"] })
        let promptRows = try #require(fixture.expected["prompt_rows"]?.intValue)
        let layers = site == "embedding" ? 1 : 2
        for (positions, file) in files {
            let written = try SafetensorsFile(file)
            #expect(written.entries.count == ids.count * layers)
            for (id, layer) in ids.flatMap({ id in (0..<layers).map { (id, $0) } }) {
                let name = "tap/\(id)/\(site)/\(layer)"
                let width = try #require(fixture.tensors[name]?.shape.last)
                let all = try fixture.tensors.values(of: name)
                let expected = positions == "text" ? all.dropFirst(promptRows * width) : all.suffix(width)
                #expect(
                    try relativeError(written.values(of: "\(id)/\(layer)"), expected) < 1e-4,
                    "\(name) \(positions)")
            }
        }
    }

    @Test(
        "Silenced neurons have the recorded effect, and the receipts count it",
        arguments: [
            "zero-all-first-layer", "zero-all-every-layer", "zero-answer-last-layer",
            "constant-answer-both-ends",
            "zero-prompt-first-layer", "zero-text-residual", "zero-answer-attention",
            "constant-all-embedding",
        ])
    func edits(name: String) throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let edits = try #require(
            fixture.expected["edits"]?.arrayValue?.first { $0["name"]?.stringValue == name })
        let arguments = try #require(edits["edits"]?.arrayValue).flatMap {
            ["--edit", try $0.editArgument]
        }
        let results = try #require(edits["results"]?.arrayValue).filter { $0["has_prompt"] == true }
        let rows = try fixture.writeRows(Set(results.compactMap { $0["id"]?.stringValue }), to: home)
        let lines = try score(fixture, ["--prompt", fixture.prompt, "--data", rows] + arguments)
        #expect(lines.count == results.count)
        for (line, expected) in zip(lines, results) {
            #expect(line["id"] == expected["id"])
            #expect(largestDifference(line["logprobs"], expected["logprobs"]) < 1e-4)
            let receipts = try zip(
                #require(line["receipts"]?.arrayValue), #require(expected["receipts"]?.arrayValue))
            for (receipt, expected) in receipts {
                #expect(receipt["visited"] == expected["visited"])
                // GELU of a very negative number is exactly 0 there, where 1 + tanh is rounded, and tiny here.
                let surplus =
                    try #require(receipt["changed"]?.intValue) - #require(expected["changed"]?.intValue)
                #expect((0...10).contains(surplus))
                let total = try #require(expected["total_change"]?.doubleValue)
                #expect(try abs(#require(receipt["absolute_change"]?.doubleValue) - total) <= 1e-4 * total)
            }
        }
    }

    @Test("Greedy text is that of transformers")
    func generation() throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let lines = try score(
            fixture, ["--prompt", fixture.prompt, "--data", fixture.data, "--generate", "8"])
        for (line, row) in zip(lines, fixture.rows) {
            let ids = try #require(row["with_prompt"]?["greedy"])
            let decoded = try CommandRun.sonde(
                ["tokens", "--decode", "--model", fixture.model], home: home, input: ids.text())
            #expect(line["generated"]?.stringValue == decoded.output)
        }
    }

    @Test("Without --json a table for people is printed")
    func table() throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let run = try CommandRun.sonde(
            [
                "score", "--model", fixture.model, "--data", fixture.writeRows(["yes-no"], to: home),
                "--edit",
                "ffn.activation:0:0-3:zero",
            ], home: home)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("id      prediction  log-probabilities\nyes-no  "))
        #expect(run.output.contains("\nedit ffn.activation:0:0-3:zero: visited "))
    }

    @Test(
        "Wrong input ends with its code, one sentence and no output",
        arguments: [
            (["--data", "missing.jsonl"], 65, "missing.jsonl: the file cannot be read."),
            (["--data", "bad.jsonl"], 65, "bad.jsonl:2:"),
            (["--data", "empty.jsonl"], 65, "empty.jsonl: there are no rows."),
            (["--data", "rows.jsonl", "--gradient", "g"], 64, "--gradient is that of a loss"),
            (
                ["--data", "rows.jsonl", "--tap", "ffn.activasion:text:f"], 64,
                "did you mean 'ffn.activation'?"
            ),
            (
                ["--data", "rows.jsonl", "--edit", "ffn.activation:9:0:zero"], 64,
                "names a layer beyond the model's last, 1."
            ),
            (["--data", "rows.jsonl", "--loss", "hinge"], 64, "choice"),
            (["--data", "rows.jsonl", "--loss", "choice"], 65, "rows.jsonl:1: field 'label' is missing"),
            (["--data", "rows.jsonl", "--model", "nowhere"], 65, "nowhere: this is no checkpoint's folder"),
            (
                ["--data", "rows.jsonl", "--prompt", "nowhere"], 74,
                "nowhere: there is no such file or folder"
            ),
            ([], 64, "--data"),
        ])
    func wrongInput(arguments: [String], status: Int, sentence: String) throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let row = #"{"id": "a", "text": "It was", "candidates": [" true"]}"#
        try home.write("\(row)\n", to: "rows.jsonl")
        try home.write("\(row)\n{\"id\": \n", to: "bad.jsonl")
        try home.write("", to: "empty.jsonl")
        let model = arguments.contains("--model") ? [] : ["--model", fixture.model]
        let run = try CommandRun.sonde(["score", "--json"] + model + arguments, home: home)
        #expect(Int(run.status) == status)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("sonde: "))
        #expect(run.errors.contains(sentence))
    }

    private func score(_ fixture: ModelFixture, _ arguments: [String]) throws -> [JSONValue] {
        let run = try CommandRun.sonde(["score", "--json"] + fixture.arguments + arguments, home: home)
        try #require(run.status == 0, "\(run.errors)")
        return try jsonLines(run)
    }
}
