import Foundation
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The dataset 'glue'")
struct GLUETests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(_ task: String, in path: String? = nil) throws -> any Dataset {
        try BundledPlugins.dataset("glue", ["task": .string(task), "path": .string(path ?? folder.path)])
    }

    @Test("Quotes are text, white space around sentences is dropped, lines are counted with the header")
    func sentiment() throws {
        try folder.write(
            "sentence\tlabel\nit 's \"good \t1\r\n \"bad\" \t0\n", to: "train.tsv")
        try folder.write("index\tsentence\n0\tuneasy .\n", to: "test.tsv")
        let dataset = try dataset("sst2")
        #expect(
            try dataset.read("train") == [
                ReadExample(["it 's \"good"], 1, line: 2), ReadExample(["\"bad\""], 0, line: 3),
            ])
        #expect(try dataset.read("test") == [ReadExample(["uneasy ."], -1, line: 2)])
        #expect(try dataset.description().labels == ["negative", "positive"])
    }

    @Test("MRPC is read as GLUE's script writes it, byte order mark and '#1 ID' included")
    func paraphrase() throws {
        try folder.write(
            "\u{FEFF}Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t7\t8\tOne .\tTwo \" .\n", to: "dev.tsv")
        let dataset = try dataset("mrpc")
        #expect(try dataset.description().fields == ["sentence1", "sentence2"])
        #expect(try dataset.read("validation") == [ReadExample(["One .", "Two \" ."], 1, line: 2)])
    }

    @Test("MRPC's original files are split by dev_ids, both identifiers in their order")
    func originalParaphrase() throws {
        let header = "\u{FEFF}Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\r\n"
        try folder.write(
            header + "1\t1\t2\ta\tb\r\n0\t2\t1\tc\td\r\n1\t3\t4\te\tf\r\n", to: "msr_paraphrase_train.txt")
        try folder.write(header + "0\t5\t6\tg\th\r\n", to: "msr_paraphrase_test.txt")
        try folder.write("1\t2\r\n4\t3\r\n", to: "dev_ids.tsv")
        let dataset = try dataset("mrpc")
        #expect(
            try dataset.read("train") == [
                ReadExample(["c", "d"], 0, line: 3), ReadExample(["e", "f"], 1, line: 4),
            ])
        #expect(try dataset.read("validation") == [ReadExample(["a", "b"], 1, line: 2)])
        #expect(try dataset.read("test") == [ReadExample(["g", "h"], 0, line: 2)])
    }

    @Test("QQP's rows of another length are left out, counted and named")
    func incompleteRows() throws {
        let header = "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n"
        try folder.write(
            header + "1\t1\t2\ta?\tb?\t1\n2\t3\t4\tc?\n\n3\t5\t6\td?\te?\t0\n4\t7\t8\tf?\tg?\th?\t0\n5\n",
            to: "train.tsv")
        let dataset = try dataset("qqp")
        #expect(
            try dataset.read("train") == [
                ReadExample(["a?", "b?"], 1, line: 2), ReadExample(["d?", "e?"], 0, line: 5),
            ])
        let notes = try dataset.description().notes
        #expect(notes.count == 2)
        #expect(notes[0].hasSuffix("train.tsv: 2 rows have too few columns and were left out: lines 3, 7."))
        #expect(notes[1].hasSuffix("train.tsv: 1 row has too many columns and was left out: line 6."))
    }

    @Test("A label that is none is refused with file, line and column")
    func badLabel() throws {
        try folder.write("index\tquestion\tsentence\tlabel\n0\tq\ts\tmaybe\n", to: "dev.tsv")
        #expect(
            performing: { try dataset("qnli") },
            throws: { sentence($0, has: "dev.tsv:2:", "'label'", "\"maybe\"", "entailment, not_entailment") })
        try folder.write("index\tq\tsentence\tlabel\n0\tq\ts\tentailment\n", to: "dev.tsv")
        #expect(
            performing: { try dataset("qnli") }, throws: { sentence($0, has: "dev.tsv:2:", "'question'") })
        try folder.write(Data("sentence\tlabel\n".utf8) + [0xFF, 0x09, 0x30, 0x0A], to: "dev.tsv")
        #expect(
            performing: { try dataset("sst2") }, throws: { sentence($0, has: "dev.tsv:2:", "UTF-8") })
    }

    @Test("Lines beyond a block of the reader keep their numbers and their bytes")
    func manyRows() throws {
        let rows = (0..<60_000).map { "row \($0) has some words in it\t\($0 % 2)" }
        try folder.write("sentence\tlabel\n" + rows.joined(separator: "\n"), to: "train.tsv")
        let read = try dataset("sst2").read("train")
        #expect(read.count == 60_000)
        #expect(
            read.enumerated().allSatisfy { index, example in
                example
                    == ReadExample(
                        ["row \(index) has some words in it"], Int32(index % 2), line: UInt64(index + 2))
            })
    }

    @Test("Paper A's words differ by model, the neutral ones do not")
    func templates() throws {
        try folder.write("id\tquestion1\tquestion2\tis_duplicate\n1\ta\tb\t1\n", to: "train.tsv")
        let templates = try dataset("qqp").description().templates
        #expect(templates.map(\.name) == ["neutral", "paper-a", "paper-a"])
        #expect(templates.map(\.models) == [[], ["roberta"], ["t5"]])
        #expect(templates[2].text == "{question1}<extra_id_0>{question2}")
    }

    @Test(
        "The official files are read",
        .enabled(if: SharedData.has("official-format"), "there is no data"),
        arguments: [
            ("sst2", "glue-sst2/SST-2"), ("qqp", "glue-qqp/QQP"), ("qnli", "glue-qnli/QNLI"),
            ("rte", "glue-rte/RTE"),
        ])
    func realData(_ task: String, _ path: String) throws {
        let dataset = try dataset(task, in: SharedData.folder + "/official-format/" + path)
        #expect(try dataset.description().splits.map(\.name) == ["train", "validation", "test"])
        #expect(try dataset.read("train").allSatisfy { $0.label >= 0 && !$0.values.contains("") })
        #expect(try dataset.description().notes.isEmpty)
    }
}
