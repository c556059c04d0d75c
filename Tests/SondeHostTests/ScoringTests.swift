import Foundation
import Safetensors
import SondeHost
import SondeSDK
import TestSupport
import Testing

/// What `sonde score` finds out, with a model whose numbers can be computed by hand.
@Suite struct ScoringTests {
    private let folder: TemporaryFolder
    private let prompt = SoftPrompt(values: [0.5, 0, 0, 0, 0.25, 0.25], rows: 2, width: 3)

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Log-probabilities are summed over a candidate's tokens; of equals the first is predicted")
    func scores() throws {
        // 'a' is 97 (cost 0.3), 'b' 98 (0.4), 'd' 100 (0.1).
        let rows = try run(#"{"id": "x", "text": "t", "candidates": ["ab", "d", "i"]}"#)
        #expect(rows.map(\.id) == ["x"])
        expect(rows[0].logProbabilities, near: [-0.7, -0.1, -0.1])
        #expect(rows[0].prediction == 1)
        #expect(rows[0].loss == nil)
        #expect(rows[0].jsonLine == #"{"id":"x","logprobs":[-0.7,-0.1,-0.1],"prediction":1}"#)
    }

    @Test("The language loss is the mean over the label candidate's tokens, the choice loss a cross-entropy")
    func losses() throws {
        let row = #"{"id": "x", "text": "t", "candidates": ["ab", "d"], "label": 0}"#
        expect(try run(row) { $0.loss = .language }.compactMap(\.loss), near: [0.35])
        let choice = log(exp(-0.7) + exp(-0.1)) + 0.7
        expect(try run(row) { $0.loss = .choice }.compactMap(\.loss), near: [choice])
    }

    @Test("The gradient of each row is that of its own loss")
    func gradients() throws {
        let file = folder.path("gradient.safetensors")
        let rows = try run(
            """
            {"id": "long", "text": "t", "candidates": ["ab"], "label": 0}
            {"id": "short", "text": "t", "candidates": ["d"], "label": 0}
            """
        ) {
            $0.prompt = prompt
            $0.loss = .language
            $0.gradientFile = file
        }
        expect(rows.compactMap(\.loss), near: [2 * 0.35, 2 * 0.1])
        let written = try SafetensorsFile(file)
        #expect(written.entries.map(\.name) == ["long", "short"])
        #expect(written["long"]?.shape == [2, 3])
        #expect(try written.values(of: "long") == Array(repeating: Float(0.7) / 2, count: 6))
        #expect(try written.values(of: "short") == Array(repeating: Float(0.1), count: 6))
    }

    @Test("Taps write one tensor for each row and layer")
    func taps() throws {
        let files = (text: folder.path("text.safetensors"), answer: folder.path("answer.safetensors"))
        _ = try run(
            """
            {"id": "one", "text": "ab", "candidates": ["d"]}
            {"id": "two", "text": "c", "candidates": ["d", "e"]}
            """
        ) {
            $0.taps = [
                try TapRequest("ffn.activation:text:\(files.text)"),
                try TapRequest("decoder/ffn.activation:answer:\(files.answer)"),
            ]
        }
        let text = try SafetensorsFile(files.text)
        #expect(text.entries.map(\.name) == ["one/0", "one/1", "two/0", "two/1"])
        #expect(text["one/1"]?.shape == [2, 4])
        #expect(try text.values(of: "one/1") == [98, 98.125, 98.25, 98.375, 99, 99.125, 99.25, 99.375])
        let answer = try SafetensorsFile(files.answer)
        #expect(try answer.values(of: "one/0") == [98, 98.125, 98.25, 98.375])
    }

    @Test("A tap of prompt positions belongs to every row")
    func promptTap() throws {
        let file = folder.path("prompt.safetensors")
        _ = try run(
            """
            {"id": "one", "text": "ab", "candidates": ["d"]}
            {"id": "two", "text": "c", "candidates": ["d"]}
            """
        ) {
            $0.prompt = prompt
            $0.taps = [try TapRequest("ffn.activation:prompt:\(file)")]
        }
        let written = try SafetensorsFile(file)
        #expect(try written.values(of: "one/0") == [0.5, 0.625, 0.75, 0.875, 0.5, 0.625, 0.75, 0.875])
        #expect(try written.values(of: "one/0") == written.values(of: "two/0"))
    }

    @Test("Edits return a receipt for each row, summed over the layers")
    func receipts() throws {
        let rows = try run(#"{"id": "x", "text": "ab", "candidates": ["d"]}"#) {
            $0.edits = [
                try EditRequest("ffn.activation:all:0,2-3:zero:text"),
                try EditRequest("ffn.activation:1:1:constant=2"),
            ]
        }
        let receipts = rows[0].receipts.map(\.receipt)
        #expect(receipts.map(\.visited) == [12, 2])
        #expect(receipts.map(\.changed) == [12, 2])
        // Two layers, two tokens, three neurons: 3 (97 + 98) 2 + 6 (of layer 1) + 4 (0.25 + 0.375).
        #expect(receipts[0].absoluteChange == 1178.5)
        #expect(receipts[1].absoluteChange == 97.125 - 1 + 98.125 - 1 + 1 - 1)
        #expect(
            rows[0].jsonLine.contains(
                #""receipts":[{"edit":"ffn.activation:all:0,2-3:zero:text","visited":12"#))
    }

    @Test("The mode mean takes the mean over the text positions of all rows")
    func meanEdit() throws {
        let rows = try run(
            """
            {"id": "one", "text": "aa", "candidates": ["d"]}
            {"id": "two", "text": "d", "candidates": ["d"]}
            """
        ) { $0.edits = [try EditRequest("ffn.activation:0:0:mean:text")] }
        // The mean of 97, 97 and 100 is 98.
        #expect(rows.map { $0.receipts[0].receipt.absoluteChange } == [2, 2])
    }

    @Test("An edit that changes nothing is a warning, one that visits nothing an error")
    func idleEdits() throws {
        let log = LogRecorder()
        _ = try run(#"{"id": "x", "text": "aa", "candidates": ["d"]}"#, log: log) {
            $0.edits = [try EditRequest("ffn.activation:0:0:constant=97:text")]
        }
        #expect(
            log.lines == [
                "--edit 'ffn.activation:0:0:constant=97:text' changed none of the 2 activations it visited."
            ])
    }

    @Test("Greedy text is added")
    func generation() throws {
        let rows = try run(#"{"id": "x", "text": "ab", "candidates": ["d"]}"#) { $0.generationLimit = 3 }
        #expect(rows[0].generated == "bbb")
        #expect(rows[0].expected == nil)
        let labelled = try run(#"{"id": "x", "text": "ab", "candidates": ["d", " e"], "label": 1}"#) {
            $0.generationLimit = 3
        }
        #expect(labelled[0].jsonLine.hasSuffix(#""generated":"bbb","expected":" e"}"#))
        var table = ScoreTable()
        for row in rows + labelled { table.append(row) }
        let lines = table.text.split(separator: "\n")
        #expect(lines[0].hasSuffix("generated  expected"))
        #expect(lines[1].contains(#""bbb""#) && lines[2].hasSuffix(#""bbb"      " e""#))
    }

    @Test(
        "A malformed row is an error with file, line and field",
        arguments: [
            ("{\"id\": \"x\"", "rows.jsonl:2:11: the text ends where"),
            ("[]", "rows.jsonl:2: a row must be an object, not an array."),
            (#"{"text": "t", "candidates": ["d"]}"#, "rows.jsonl:2: field 'id' is missing."),
            (
                #"{"id": 3, "text": "t", "candidates": ["d"]}"#,
                "rows.jsonl:2: field 'id' must be a string, not an integer."
            ),
            (
                #"{"id": "first", "text": "t", "candidates": ["d"], "label": 0}"#,
                "rows.jsonl:2: field 'id' is 'first' already in line 1."
            ),
            (
                #"{"id": "x", "text": "t", "candidates": []}"#,
                "rows.jsonl:2: field 'candidates' must be a list of one string or more."
            ),
            (
                #"{"id": "x", "text": "t", "candidates": ["d", 1]}"#,
                "rows.jsonl:2: field 'candidates[1]' must be a string that is not empty."
            ),
            (
                #"{"id": "x", "text": "t", "candidates": ["d"]}"#,
                "rows.jsonl:2: field 'label' is missing, and a loss needs it."
            ),
            (
                #"{"id": "x", "text": "t", "candidates": ["d"], "label": 1}"#,
                "rows.jsonl:2: field 'label' must be the index of a candidate, 0 to 0, not 1."
            ),
            ("", "rows.jsonl:2:1: the text ends where"),
        ])
    func malformedRow(_ line: String, _ message: String) throws {
        let first = #"{"id": "first", "text": "t", "candidates": ["d"], "label": 0}"#
        let file = try folder.write("\(first)\n\(line)\n\(first)\n", to: "rows.jsonl")
        let error = #expect(throws: HostError.self) { try ScoreRow.rows(ofFile: file, needsLabels: true) }
        #expect(error?.exitCode == 65)
        #expect(error?.sentence.hasPrefix(folder.path(message)) == true)
    }

    @Test("An empty text without a prompt is an error that names the row, with one it is scored")
    func emptyText() throws {
        let row = #"{"id": "nothing", "text": "", "candidates": ["d"]}"#
        let error = #expect(throws: HostError.self) { try run(row) }
        #expect(error?.sentence.contains("rows.jsonl:1: row 'nothing' has an empty text") == true)
        #expect(try run(row) { $0.prompt = prompt }.count == 1)
    }

    @Test("A row that is longer than the model is an error that names it")
    func longText() throws {
        let row = #"{"id": "x", "text": "\#(String(repeating: "t", count: 63))", "candidates": ["dd"]}"#
        let error = #expect(throws: HostError.self) { try run(row) }
        #expect(error?.sentence.contains("row 'x' takes 65 positions, and the model has 64") == true)
    }

    @Test(
        "A request that cannot be understood is an error of usage",
        arguments: [
            "ffn.activation:0:0", "ffn:0:0:zero", "ffn.activation:x:0:zero", "ffn.activation:0:7-3:zero",
            "ffn.activation:0:1,1:zero", "ffn.activation:0:0:constant", "ffn.activation:0:0:zero=1",
            "ffn.activation:0:0:noise=-1", "ffn.activation:0:0:zero:everywhere",
        ])
    func wrongEdit(_ text: String) throws {
        let error = #expect(throws: HostError.self) { try EditRequest(text) }
        #expect(error?.exitCode == 64)
    }

    @Test(
        "A neuron or a layer beyond the model's last is an error",
        arguments: ["ffn.activation:2:0:zero", "ffn.activation:0:4:zero"])
    func editBeyondTheModel(_ text: String) throws {
        let error = #expect(throws: HostError.self) {
            try run(#"{"id": "x", "text": "t", "candidates": ["d"]}"#) { $0.edits = [try EditRequest(text)] }
        }
        #expect(error?.sentence.contains("beyond") == true)
    }

    private func run(
        _ lines: String, log: LogRecorder = LogRecorder(),
        _ change: (inout ScoreRequest) throws -> Void = { _ in }
    ) throws -> [ScoredRow] {
        let file = try folder.write(lines, to: "rows.jsonl")
        var request = try ScoreRequest(file: file, rows: ScoreRow.rows(ofFile: file, needsLabels: false))
        try change(&request)
        let runtime = HostRuntime(threads: 1) { _, message in log.add(message) }
        var rows: [ScoredRow] = []
        try RowScoring(request, with: ArithmeticModel(), host: runtime).run { rows.append($0) }
        return rows
    }

    private func expect(
        _ values: [Double], near expected: [Double], location: SourceLocation = #_sourceLocation
    ) {
        let isNear =
            values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 }
        #expect(isNear, "\(values) instead of \(expected)", sourceLocation: location)
    }
}
