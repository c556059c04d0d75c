import Foundation
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The datasets 'imdb' and 'movie-rationales'")
struct ReviewsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(_ id: String, _ options: JSONObject = [:], at path: String? = nil) throws
        -> any Dataset
    {
        var options = options
        options["path"] = .string(path ?? folder.path)
        return try BundledPlugins.dataset(id, options)
    }

    @Test("Reviews are read from their folders in the order of their numbers; those without labels are not")
    func folders() throws {
        try folder.write("ten", to: "train/pos/10_8.txt")
        try folder.write("nine", to: "train/pos/9_10.txt")
        try folder.write("bad", to: "train/neg/3_1.txt")
        try folder.write("unknown", to: "train/unsup/0_0.txt")
        let dataset = try dataset("imdb")
        #expect(try dataset.sizes() == ["train 3"])
        #expect(
            try dataset.read("train") == [
                ReadExample(["bad", "neg/3_1.txt"], 0, line: 1),
                ReadExample(["nine", "pos/9_10.txt"], 1, line: 2),
                ReadExample(["ten", "pos/10_8.txt"], 1, line: 3),
            ])
        #expect(try dataset.description().labels == ["negative", "positive"])
    }

    @Test(
        "Runs of line breaks become one space, one line feed, or stay",
        arguments: [
            ("space", "A b. C< br"), ("newline", "A b.\nC< br"), ("keep", "A b. <br /><br />\nC< br"),
        ])
    func lineBreaks(_ choice: String, _ expected: String) throws {
        try folder.write("A b. <br /><br />\nC< br", to: "test/pos/1_8.txt")
        let dataset = try dataset("imdb", ["line_breaks": .string(choice)])
        #expect(try dataset.read("test").first?.values.first == expected)
    }

    @Test("A review that is no UTF-8 is named, and a folder without reviews is refused")
    func problems() throws {
        #expect(
            performing: { try dataset("imdb") },
            throws: { sentence($0, has: "holds none of train.jsonl, test.jsonl") })
        try folder.write(.init([0xFF, 0xFE]), to: "train/neg/3_1.txt")
        #expect(
            performing: { try dataset("imdb") },
            throws: { sentence($0, has: "train/neg/3_1.txt", "UTF-8") })
    }

    @Test("Rationales come with their document and their evidence")
    func rationales() throws {
        try folder.write("one .\ntwo .\n", to: "docs/negR_000.txt")
        try folder.write(
            """
            {"annotation_id": "negR_000.txt", "classification": "NEG", "docids": null, "query": "What?", "evidences": \
            [[{"text": "one ."}], [{"text": "two ."}]]}
            {"review": "held here", "label": 1, "evidences": ["held"]}
            """, to: "val.jsonl")
        #expect(
            try dataset("movie-rationales").read("validation") == [
                ReadExample(["one .\ntwo .\n", "one . ... two ."], 0, line: 1),
                ReadExample(["held here", "held"], 1, line: 2),
            ])
        try folder.write(
            #"{"annotation_id": "gone.txt", "classification": "POS", "evidences": []}"#, to: "test.jsonl")
        #expect(
            performing: { try dataset("movie-rationales") },
            throws: { sentence($0, has: "test.jsonl:1:", "docs/gone.txt does not exist") })
    }

    @Test(
        "The official folders are read", .enabled(if: SharedData.has("official-format"), "there is no data"))
    func realData() throws {
        let path = SharedData.folder + "/official-format/imdb-plain_text/aclImdb"
        #expect(try dataset("imdb", at: path).sizes() == ["train 5", "test 4"])
    }
}
