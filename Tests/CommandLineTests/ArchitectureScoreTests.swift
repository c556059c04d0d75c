import Foundation
import Safetensors
import SondeJSON
import TestSupport
import Testing

/// `sonde score` and `sonde tokens` of masked and encoder-decoder models, against what transformers and PEFT say.
@Suite struct ArchitectureScoreTests {
    /// A recorded model.
    struct Subject: CustomTestStringConvertible {
        var shape: String
        var layout: String?

        var testDescription: String { [shape, layout].compactMap(\.self).joined(separator: " ") }
        var fixture: ModelFixture { get throws { try ModelFixture(shape, layout: layout) } }
    }

    private static let masked = [
        Subject(shape: "roberta/extras", layout: "cloze"),
        Subject(shape: "roberta/three-heads", layout: "leading-mask"),
    ]
    private static let encoderDecoder = [
        Subject(shape: "t5/gated-untied"), Subject(shape: "t5/shallow-decoder"),
    ]

    private let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    @Test(
        "Scores, predictions, losses and gradients with a prompt",
        arguments: masked + encoderDecoder, ["language", "choice"])
    func scoresWithPrompt(subject: Subject, loss: String) throws {
        let fixture = try subject.fixture
        let file = home.path("gradient.safetensors")
        let lines = try score(
            fixture, ["--prompt", fixture.prompt, "--data", fixture.data, "--loss", loss, "--gradient", file])
        #expect(lines.map { $0["id"] } == fixture.rows.map { $0["id"] })
        let gradients = try SafetensorsFile(file)
        for (line, row) in zip(lines, fixture.rows) {
            let id = try #require(row["id"]?.stringValue)
            let expected = try #require(row["with_prompt"])
            #expect(largestDifference(line["logprobs"], expected["logprobs"]) < 1e-4, "\(id)")
            #expect(line["prediction"] == expected["prediction"], "\(id)")
            let own = try #require(line["loss"]?.doubleValue)
            #expect(try abs(own - #require(expected["\(loss)_loss"]?.doubleValue)) < 1e-4, "\(id)")
            let gradient = try fixture.tensors.values(of: "gradient/\(loss)/\(id)")
            #expect(try relativeError(gradients.values(of: id), gradient) < 1e-3, "\(id)")
        }
    }

    @Test("Scores and losses of first tokens alone", arguments: encoderDecoder, ["language", "choice"])
    func firstTokens(subject: Subject, loss: String) throws {
        let fixture = try subject.fixture
        let lines = try score(
            fixture,
            [
                "--prompt", fixture.prompt, "--data", fixture.data, "--loss", loss, "--scoring",
                "first-token",
            ])
        #expect(lines.count == fixture.rows.count)
        for (line, row) in zip(lines, fixture.rows) {
            let expected = try #require(row["with_prompt"]?["first_token"])
            let scores = try #require(expected["logprobs"]?.arrayValue).compactMap(\.doubleValue)
            #expect(largestDifference(line["logprobs"], expected["logprobs"]) < 1e-4)
            // Candidates that begin alike are equal but for rounding.
            let predicted = try scores[#require(line["prediction"]?.intValue)]
            #expect(try predicted > #require(scores.max()) - 1e-4)
            let own = try #require(line["loss"]?.doubleValue)
            #expect(try abs(own - #require(expected["\(loss)_loss"]?.doubleValue)) < 1e-4)
        }
    }

    @Test("Scores without a prompt", arguments: [masked[0]] + encoderDecoder)
    func scoresWithoutPrompt(subject: Subject) throws {
        let fixture = try subject.fixture
        let rows = fixture.rows.filter { $0["bare"]?.objectValue != nil }
        #expect(!rows.isEmpty)
        let ids = Set(rows.compactMap { $0["id"]?.stringValue })
        let lines = try score(fixture, ["--data", fixture.writeRows(ids, to: home)])
        #expect(lines.count == rows.count)
        for (line, row) in zip(lines, rows) {
            #expect(largestDifference(line["logprobs"], row["bare"]?["logprobs"]) < 1e-4)
        }
    }

    @Test("Tapped activations of every stack and site", arguments: masked + encoderDecoder)
    func taps(subject: Subject) throws {
        let fixture = try subject.fixture
        let recorded = fixture.tensors.entries.map(\.name).filter { $0.hasPrefix("tap/") }
        #expect(!recorded.isEmpty)
        for (id, names) in Dictionary(grouping: recorded, by: { $0.split(separator: "/")[1] }) {
            // "tap/ID/SITE/LAYER" or "tap/ID/STACK/SITE/LAYER".
            let sites = Set(
                names.map { $0.split(separator: "/").dropFirst(2).dropLast().joined(separator: "/") })
            let files = sites.sorted().enumerated().map { (site: $1, file: home.path("\(id)-\($0)")) }
            _ = try score(
                fixture,
                ["--prompt", fixture.prompt, "--data", fixture.writeRows([String(id)], to: home)]
                    + files.flatMap { site, file in
                        // Of a decoder the answer was recorded.
                        ["--tap", "\(site):\(site.hasPrefix("decoder") ? "answer" : "all"):\(file)"]
                    })
            for (site, file) in files {
                let written = try SafetensorsFile(file)
                for name in names where name.hasPrefix("tap/\(id)/\(site)/") {
                    let layer = name.split(separator: "/").last ?? ""
                    let expected = try fixture.tensors.values(of: name)
                    #expect(
                        try relativeError(written.values(of: "\(id)/\(layer)"), expected) < 1e-4, "\(name)")
                }
            }
        }
    }

    @Test("Edits of every stack and site, with their receipts", arguments: masked + encoderDecoder)
    func edits(subject: Subject) throws {
        let fixture = try subject.fixture
        let edits = try #require(fixture.expected["edits"]?.arrayValue)
        for edit in edits {
            let changes = try #require(edit["edits"]?.arrayValue)
            // The means of a file of rows are not those that were recorded.
            guard changes.allSatisfy({ $0["mode"] != "mean" }) else { continue }
            let results = try #require(edit["results"]?.arrayValue).filter { $0["has_prompt"] == true }
            let visits = results.allSatisfy { result in
                result["receipts"]?.arrayValue?.allSatisfy { ($0["visited"]?.intValue ?? 0) > 0 } ?? false
            }
            guard visits, !results.isEmpty else { continue }
            let rows = try fixture.writeRows(Set(results.compactMap { $0["id"]?.stringValue }), to: home)
            let lines = try score(
                fixture,
                ["--prompt", fixture.prompt, "--data", rows]
                    + changes.flatMap { ["--edit", try $0.editArgument] })
            for expected in results {
                let line = try #require(lines.first { $0["id"] == expected["id"] })
                #expect(largestDifference(line["logprobs"], expected["logprobs"]) < 1e-4, "\(edit["name"]!)")
                #expect(
                    line["receipts"]?.arrayValue?.map { $0["visited"] }
                        == expected["receipts"]?.arrayValue?.map { $0["visited"] })
            }
        }
    }

    @Test("Greedy text of an encoder-decoder", arguments: encoderDecoder)
    func generation(subject: Subject) throws {
        let fixture = try subject.fixture
        let lines = try score(
            fixture, ["--prompt", fixture.prompt, "--data", fixture.data, "--generate", "8"])
        for (line, row) in zip(lines, fixture.rows) {
            // The reference goes on after the end token, the command does not.
            let ids = try #require(row["with_prompt"]?["greedy"]?.arrayValue).prefix { $0 != 1 }
            let decoded = try CommandRun.sonde(
                ["tokens", "--decode", "--model", fixture.model], home: home,
                input: JSONValue.array(Array(ids)).text())
            #expect(line["generated"]?.stringValue == decoded.output)
        }
    }

    @Test("A masked model continues no text", arguments: masked)
    func noGeneration(subject: Subject) throws {
        let fixture = try subject.fixture
        let run = try CommandRun.sonde(
            ["score", "--data", fixture.data, "--generate", "8"] + fixture.arguments, home: home)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("generat"), "\(run.errors)")
    }

    @Test(
        "Texts have the ids of the reference, but for what a model puts around them",
        arguments: masked + encoderDecoder)
    func tokens(subject: Subject) throws {
        let fixture = try subject.fixture
        let texts = fixture.rows.map { $0["text"]?.text() ?? "" }
        let run = try CommandRun.sonde(
            ["tokens", "--lines"] + fixture.arguments, home: home, input: texts.joined(separator: "\n"))
        let around = subject.layout == nil ? (0, 1) : (1, 1)
        for (line, row) in zip(try jsonLines(run), fixture.rows) {
            let ids = try #require(row["text_ids"]?.arrayValue)
            #expect(line.arrayValue == ids.dropFirst(around.0).dropLast(around.1))
        }
    }

    @Test("A row that is longer than the model's positions is refused by its line", arguments: masked)
    func longRow(subject: Subject) throws {
        let fixture = try subject.fixture
        let text = String(repeating: "river ", count: 2000) + (subject.layout == "cloze" ? "<mask>" : "")
        let row: JSONValue = ["id": "a", "text": .string(text), "candidates": [" yes"]]
        let data = try home.write(row.text() + "\n", to: "rows.jsonl")
        let run = try CommandRun.sonde(
            ["score", "--data", data, "--prompt", fixture.prompt] + fixture.arguments, home: home)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("position"), "\(run.errors)")
    }

    private func score(_ fixture: ModelFixture, _ arguments: [String]) throws -> [JSONValue] {
        let run = try CommandRun.sonde(["score", "--json"] + fixture.arguments + arguments, home: home)
        try #require(run.status == 0, "\(run.errors)")
        return try jsonLines(run)
    }
}
