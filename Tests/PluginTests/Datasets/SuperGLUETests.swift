import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The dataset 'superglue'")
struct SuperGLUETests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(_ task: String, in path: String? = nil) throws -> any Dataset {
        try BundledPlugins.dataset(
            "superglue", ["task": .string(task), "path": .string(path ?? folder.path)])
    }

    @Test("CB's labels are words, numbered as Hugging Face numbers them; a test split has none")
    func commitmentBank() throws {
        try folder.write(
            """
            {"premise": "A.", "hypothesis": "a", "label": "neutral", "idx": 0}
            {"premise": "B.", "hypothesis": "b", "label": "contradiction", "idx": 1}
            {"premise": "C.", "hypothesis": "c", "label": "entailment", "idx": 2}

            """, to: "train.jsonl")
        try folder.write(#"{"premise": "T.", "hypothesis": "t", "idx": 0}"# + "\n", to: "test.jsonl")
        let dataset = try dataset("cb")
        let description = try dataset.description()
        #expect(description.labels == ["entailment", "contradiction", "neutral"])
        #expect(description.fields == ["premise", "hypothesis"])
        #expect(description.splits.map(\.isLabelled) == [true, false])
        #expect(
            try dataset.read("train") == [
                ReadExample(["A.", "a"], 2, line: 1), ReadExample(["B.", "b"], 1, line: 2),
                ReadExample(["C.", "c"], 0, line: 3),
            ])
        #expect(try dataset.read("test") == [ReadExample(["T.", "t"], -1, line: 1)])
    }

    @Test("COPA's question becomes a connective, too, and may be nothing but cause or effect")
    func copa() throws {
        let row = #"{"premise": "P.", "choice1": "x", "choice2": "y", "question": "Q", "label": 1, "idx": 0}"#
        let lines = ["cause", "effect"].map { row.replacing("Q", with: $0) }.joined(separator: "\n")
        try folder.write(lines, to: "val.jsonl")
        let rows = try dataset("copa").read("validation")
        #expect(
            rows.map(\.values) == [["P.", "x", "y", "cause", "because"], ["P.", "x", "y", "effect", "so"]])
        #expect(rows.map(\.label) == [1, 1])
        try folder.write(lines + "\n" + row.replacing("Q", with: "reason"), to: "val.jsonl")
        #expect(
            performing: { try dataset("copa") },
            throws: { sentence($0, has: "val.jsonl:3:", "'question'", "'reason'", "cause, effect") })
    }

    @Test("WSC's spans are fields, nested as in the archive or flat as in Hugging Face's copy")
    func winograd() throws {
        try folder.write(
            """
            {"text": "t", "target": {"span2_index": 5, "span1_index": 0, "span1_text": "Jane", "span2_text": "she"}, \
            "idx": 0, "label": false}
            {"text": "u", "span1_index": 1, "span2_index": 2, "span1_text": "Joan", "span2_text": "it", "idx": 1, "label": 1}
            """, to: "train.jsonl")
        let dataset = try dataset("wsc")
        #expect(
            try dataset.description().fields == [
                "text", "span1_text", "span2_text", "span1_index", "span2_index",
            ])
        #expect(
            try dataset.read("train") == [
                ReadExample(["t", "Jane", "she", "0", "5"], 0, line: 1),
                ReadExample(["u", "Joan", "it", "1", "2"], 1, line: 2),
            ])
    }

    @Test("Every task brings a neutral template and paper B's, with the words that paper's prompts begin as")
    func templates() throws {
        try folder.write(#"{"premise": "P", "hypothesis": "h", "label": "neutral"}"#, to: "train.jsonl")
        let templates = try dataset("cb").description().templates
        #expect(templates.map(\.name) == ["neutral", "paper-b"])
        #expect(templates.allSatisfy { $0.candidates.count == 3 })
        #expect(
            templates[1].prompt == "Does the hypothesis entail, contradict or is neutral about the premise?")
    }

    @Test("A folder without any of the files is refused with what to do")
    func missingFiles() throws {
        #expect(
            performing: { try dataset("cb") },
            throws: { sentence($0, has: "holds none of train.jsonl, val.jsonl") })
        try folder.write("{}", to: "CB/train.jsonl")
        #expect(
            performing: { try dataset("cb") }, throws: { sentence($0, has: "give \(folder.path)/CB.") })
        #expect(
            performing: { try dataset("cb", in: folder.path("nowhere")) },
            throws: { sentence($0, has: "nowhere is no folder") })
    }

    @Test("Parquet files are refused with the script that turns them into JSON lines")
    func parquet() throws {
        try folder.write("PAR1....", to: "train-00000-of-00001.parquet")
        #expect(
            performing: { try dataset("cb") },
            throws: {
                sentence($0, has: "train-00000-of-00001.parquet", "samples/parquet_to_jsonlines.py")
            })
        try folder.write("PAR1....", to: "train.jsonl")
        #expect(
            performing: { try dataset("cb") },
            throws: { sentence($0, has: "train.jsonl is a Parquet file", "parquet_to_jsonlines.py") })
    }

    @Test("The distributed files are read", .enabled(if: SharedData.has("superglue"), "there is no data"))
    func realData() throws {
        let rte = try dataset("rte", in: SharedData.folder + "/superglue/RTE")
        #expect(try rte.sizes() == ["train 2490", "validation 277", "test 3000"])
        #expect(try rte.read("validation").count { $0.label == 0 } == 146)
        let wsc = try dataset("wsc", in: SharedData.folder + "/superglue/WSC")
        #expect(try wsc.sizes() == ["train 554", "validation 104", "test 146"])
        #expect(try wsc.read("validation").count { $0.label == 0 } == 66)
        let copa = try dataset("copa", in: SharedData.folder + "/official-format/super_glue-copa/COPA")
        #expect(try copa.sizes() == ["train 3", "validation 2", "test 1"])
    }
}
