import Foundation
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The dataset 'jsonlines'")
struct JSONLinesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(
        train: String, _ options: JSONObject = [:], labels: JSONValue = ["no", "yes"]
    ) throws -> any Dataset {
        var options = options
        options["train"] = .string(try folder.write(train, to: "train.jsonl"))
        options["labels"] = labels
        return try BundledPlugins.dataset("jsonlines", options)
    }

    private func labels(_ written: [String], _ names: JSONValue) throws -> [Int32] {
        let lines = written.map { "{\"text\": \"t\", \"label\": \($0)}\n" }.joined()
        return try dataset(train: lines, labels: names).examples(of: "train", 0..<written.count).labels
    }

    private func expectProblem(
        _ train: String, _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            sourceLocation: sourceLocation, performing: { try dataset(train: train) },
            throws: { error in parts.allSatisfy("\(error)".contains) })
    }

    @Test("Scalars are fields, nested ones with a dot, all but the label")
    func fields() throws {
        let dataset = try dataset(
            train: """
                {"text": "é 😀", "target": {"span1_text": "a", "span1_index": 3}, "list": [1], "label": 1, "ok": true}
                {"ok": false, "text": "", "label": 0, "target": {"span1_index": 1.5, "span1_text": "b\\n"}, "more": 1}
                """)
        #expect(
            try dataset.description().fields == ["text", "target.span1_text", "target.span1_index", "ok"])
        let examples = try dataset.examples(of: "train", 0..<2)
        #expect((0..<4).map { examples.columns[$0][0] } == ["é 😀", "a", "3", "true"])
        #expect((0..<4).map { examples.columns[$0][1] } == ["", "b\n", "1.5", "false"])
        #expect(examples.labels == [1, 0])
        #expect(examples.lines == [1, 2])
    }

    @Test("A range of examples is that range")
    func ranges() throws {
        let lines = (0..<50).map { "{\"text\": \"line \($0)\", \"label\": \($0 % 2)}" }
        let dataset = try dataset(train: lines.joined(separator: "\r\n"))
        let examples = try dataset.examples(of: "train", 17..<20)
        #expect((0..<3).map { examples.columns[0][$0] } == ["line 17", "line 18", "line 19"])
        #expect(examples.labels == [1, 0, 1])
        #expect(examples.lines == [18, 19, 20])
        #expect(throws: SondeError.self) { try dataset.examples(of: "train", 49..<51) }
        #expect(throws: SondeError.self) { try dataset.examples(of: "test", 0..<1) }
    }

    @Test("Labels may be indices, names or booleans, and mapped from any value")
    func labelKinds() throws {
        #expect(try labels(["0", "1"], ["no", "yes"]) == [0, 1])
        #expect(try labels(["\"yes\"", "\"no\""], ["no", "yes"]) == [1, 0])
        #expect(try labels(["true", "false"], ["no", "yes"]) == [1, 0])
        #expect(
            try labels(["2", "5", "\"x\"", "true"], ["2": "b", "5": "a", "x": "b", "true": "c"]) == [
                0, 1, 0, 2,
            ])
        #expect(
            try dataset(train: "{\"t\": 1, \"label\": 5}", labels: ["2": "b", "5": "a"]).description().labels
                == ["b", "a"])
    }

    @Test("The label may stand in a nested field")
    func nestedLabel() throws {
        let dataset = try dataset(train: #"{"t": "x", "meta": {"gold": "yes"}}"#, ["label": "meta.gold"])
        #expect(try dataset.description().fields == ["t"])
        #expect(try dataset.examples(of: "train", 0..<1).labels == [1])
    }

    @Test("Splits come in order, may have any name, and may have no labels")
    func splits() throws {
        let dataset = try dataset(
            train: #"{"t": "x", "label": 1}"#,
            [
                "test": .string(try folder.write("{\"t\": \"y\"}\n{\"t\": \"z\"}\n", to: "test.jsonl")),
                "splits": ["hard": .string(try folder.write(#"{"t": "h", "label": 0}"#, to: "hard.jsonl"))],
            ])
        let splits = try dataset.description().splits
        #expect(splits.map(\.name) == ["train", "test", "hard"])
        #expect(splits.map(\.count) == [1, 2, 1])
        #expect(try dataset.examples(of: "test", 0..<2).labels == [-1, -1])
    }

    @Test("The digest changes when a file does, and only then")
    func digest() throws {
        let first = try dataset(train: #"{"t": "x", "label": 1}"#).description().digest
        #expect(try dataset(train: #"{"t": "x", "label": 1}"#).description().digest == first)
        #expect(try dataset(train: #"{"t": "y", "label": 1}"#).description().digest != first)
    }

    @Test("A line longer than what is read at once is one line")
    func longLines() throws {
        let long = String(repeating: "wörter ", count: 100_000)
        let dataset = try dataset(train: "{\"t\": \"\(long)\", \"label\": 1}\n{\"t\": \"x\", \"label\": 0}\n")
        let examples = try dataset.examples(of: "train", 0..<2)
        #expect(examples.columns[0][0] == long)
        #expect(examples.columns[0][1] == "x")
    }

    @Test("What is wrong with a line is said with file and line")
    func problems() {
        let good = #"{"t": "x", "label": 1}"# + "\n"
        expectProblem(good + "{\"t\": \"x\", \"label\": 1", "train.jsonl:2:")
        expectProblem(good + "[1]\n", "train.jsonl:2:", "one JSON object")
        expectProblem(good + "\n" + good, "train.jsonl:2:", "empty")
        expectProblem(good + #"{"label": 1}"#, "train.jsonl:2:", "'t'", "missing")
        expectProblem(good + #"{"t": null, "label": 1}"#, "train.jsonl:2:", "'t'")
        expectProblem(good + #"{"t": "x", "label": 2}"#, "train.jsonl:2:", "label", "index from 0 to 1")
        expectProblem(good + #"{"t": "x", "label": -1}"#, "train.jsonl:2:")
        expectProblem(good + #"{"t": "x", "label": "maybe"}"#, "train.jsonl:2:", "\"maybe\"", "no, yes")
        expectProblem(good + #"{"t": "x"}"#, "train.jsonl:2:", "missing")
        expectProblem(good + #"{"t": "x", "t": "y", "label": 1}"#, "train.jsonl:2:", "twice")
        expectProblem("", "empty", "'train'")
        expectProblem(#"{"t": "x", "gold": 1}"#, "'label'", "gold")
    }

    @Test("Invalid UTF-8 is refused with file and line")
    func invalidUTF8() throws {
        let bytes = Data(#"{"t": "x", "label": 1}"#.utf8) + Data([0x0A, 0x7B, 0x22, 0xFF, 0x22, 0x7D])
        let path = try folder.write(bytes, to: "bad.jsonl")
        #expect(
            performing: {
                try BundledPlugins.dataset("jsonlines", ["train": .string(path), "labels": ["no", "yes"]])
            }, throws: { "\($0)".contains("bad.jsonl:2:") && "\($0)".contains("UTF-8") })
    }

    @Test("Options that make no sense are refused")
    func options() {
        func expectProblem(_ part: String, _ options: JSONObject) {
            #expect(
                performing: { try BundledPlugins.dataset("jsonlines", options) },
                throws: { "\($0)".contains(part) })
        }
        expectProblem("no file", ["labels": ["a"]])
        expectProblem("missing", ["train": "x"])
        expectProblem("does not exist", ["train": "/nonexistent.jsonl", "labels": ["a"]])
        expectProblem("must be a list", ["train": "x", "labels": ["a": 0]])
        expectProblem("twice", ["train": "x", "labels": ["a", "a"]])
        expectProblem("named twice", ["train": "x", "labels": ["a"], "splits": ["train": "y"]])
    }

    @Test(
        "The sets beside bloom-mini are read",
        .enabled(if: FileManager.default.fileExists(atPath: Self.reviews), "bloom-mini is absent"))
    func realData() throws {
        let dataset = try BundledPlugins.dataset(
            "jsonlines", ["test": .string(Self.reviews), "labels": ["bad", "good"]])
        #expect(try dataset.description().splits.map(\.count) == [500])
        #expect(try dataset.description().fields == ["text"])
        #expect(Set(try dataset.examples(of: "test", 0..<500).labels) == [0, 1])
    }

    private static let reviews = BuiltProducts.package + "/../shared/models/bloom-mini/polarity.test.jsonl"
}
