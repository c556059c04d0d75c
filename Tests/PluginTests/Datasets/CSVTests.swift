import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The datasets 'csv' and 'ethics'")
struct CSVTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(_ text: String, _ options: JSONObject = [:]) throws -> any Dataset {
        var options = options
        options["train"] = .string(try folder.write(text, to: "train.csv"))
        if options["labels"] == nil { options["labels"] = ["no", "yes"] }
        return try BundledPlugins.dataset("csv", options)
    }

    private func ethics(_ task: String, in path: String? = nil) throws -> any Dataset {
        try BundledPlugins.dataset("ethics", ["task": .string(task), "path": .string(path ?? folder.path)])
    }

    @Test("Quoted cells hold separators, doubled quotes and line feeds; a row's line is its first")
    func quoting() throws {
        let dataset = try dataset(
            "label,text,more\r\n1,\"a, \"\"b\"\"\",x\r\nno,\"two\nlines\r\nthree\",\"\"\r\n\r\n0,last,\"q\"")
        #expect(try dataset.description().fields == ["text", "more"])
        #expect(
            try dataset.read("train") == [
                ReadExample(["a, \"b\"", "x"], 1, line: 2),
                ReadExample(["two\nlines\r\nthree", ""], 0, line: 3),
                ReadExample(["last", "q"], 0, line: 7),
            ])
    }

    @Test("Other separators, and tabs without quoting")
    func separators() throws {
        #expect(
            try dataset("t;label\n\"a;b\";yes\n", ["separator": "semicolon"]).read("train")
                == [ReadExample(["a;b"], 1, line: 2)])
        #expect(
            try dataset("t\tlabel\n\"a\t1\n", ["separator": "bare-tab"]).read("train")
                == [ReadExample(["\"a"], 1, line: 2)])
    }

    @Test("A row that is malformed is refused with file and line")
    func problems() {
        func expectProblem(_ text: String, _ parts: String...) {
            #expect(
                performing: { try dataset(text) },
                throws: { error in parts.allSatisfy("\(error)".contains) })
        }
        expectProblem("t,label\na,1\nb,c,1\n", "train.csv:3:", "3 cells for 2 columns", "t, label")
        expectProblem("t,label\n\"a\nb\",1\n\"c,1\nd,1", "train.csv:4:", "never closed")
        expectProblem("t,label\n\"a\"b,1\n", "train.csv:2:", "follows the closing quote of cell 1")
        expectProblem("t,label\n5\" disk,1\n6\" disk,0", "train.csv:2:", "quote")
        expectProblem("", "train.csv is empty")
        expectProblem("t,label\n", "'train' is empty")
        expectProblem("t,label\na,7\n", "train.csv:2:", "'label' is 7")
    }

    @Test("The neutral template says texts, not numbers")
    func neutralTemplate() throws {
        let templates = try dataset("id,title,body,label\n17,a,b,1\n").description().templates
        #expect(templates.map(\.text) == ["title: {title}\nbody: {body}\nlabel:"])
        #expect(templates.map(\.candidates) == [[" no", " yes"]])
    }

    @Test("ETHICS' splits are called as the files are, in either spelling")
    func spellings() throws {
        for split in ["train", "test", "test_hard"] {
            try folder.write("label,scenario\n1,\"So, \(split).\"\n", to: "justice_\(split).csv")
        }
        let original = try ethics("justice")
        #expect(try original.sizes() == ["train 1", "test 1", "test_hard 1"])
        #expect(try original.read("test_hard") == [ReadExample(["So, test_hard."], 1, line: 2)])
        for split in ["train", "validation", "test"] {
            try folder.write("label,scenario,excuse\n0,s,\(split)\n", to: "deontology_\(split).csv")
        }
        #expect(try ethics("deontology").sizes() == ["train 1", "validation 1", "test 1"])
    }

    /// Sizes of the columns are those that Python's csv module reads.
    @Test("The published ETHICS files are read", .enabled(if: SharedData.has("ethics"), "there is no data"))
    func realData() throws {
        let deontology = try ethics("deontology", in: SharedData.folder + "/ethics")
        #expect(try deontology.sizes() == ["train 18164", "test 3596"])
        #expect(try deontology.read("train").count { $0.label == 1 } == 9790)
        let texts = try deontology.examples(of: "train", 0..<18164).columns
        #expect(texts.map(\.bytes.count) == [841_776, 794_533])
        let justice = try ethics("justice", in: SharedData.folder + "/ethics")
        #expect(try justice.sizes() == ["train 21791", "test 2704"])
        #expect(try justice.read("train").count { $0.label == 1 } == 11830)
        #expect(try justice.examples(of: "train", 0..<21791).columns.map(\.bytes.count) == [2_249_561])
        #expect(try justice.examples(of: "test", 0..<2704).columns.map(\.bytes.count) == [276_303])
    }
}
