import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The dataset 'advglue'")
struct AdversarialGLUETests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func dataset(_ task: String, at path: String) throws -> any Dataset {
        try BundledPlugins.dataset("advglue", ["task": .string(task), "path": .string(path)])
    }

    @Test("A task's rows are one split, each with the line in which it begins")
    func rows() throws {
        let path = try folder.write(
            #"""
            {"qqp": [{"idx": 0, "question1": "[\"sst2\"", "question2": "}", "label": 1}],
             "sst2" : [ {"idx": 0, "sentence": "a, {b}",
               "label": 0},

               {"sentence": "c \\\"", "tags": [1, {"sst2": []}], "label": 1}, {"sentence": "d", "label": 1}
             ], "mnli-mm": [{"premise": "p", "hypothesis": "h", "label": 2}]}
            """#, to: "dev.json")
        #expect(
            try dataset("sst2", at: path).read("validation") == [
                ReadExample(["a, {b}"], 0, line: 2), ReadExample(["c \\\""], 1, line: 5),
                ReadExample(["d"], 1, line: 5),
            ])
        #expect(
            try dataset("mnli-mm", at: path).read("validation") == [ReadExample(["p", "h"], 2, line: 6)])
        #expect(
            performing: { try dataset("rte", at: path) },
            throws: { sentence($0, has: "no list 'rte'", "qqp, sst2, mnli-mm") })
    }

    @Test("A row that is wrong is named")
    func badRow() throws {
        let path = try folder.write(
            "{\"sst2\": [\n{\"sentence\": \"x\", \"label\": 0},\n{\"sentence\": \"x\", \"label\": 2}]}",
            to: "dev.json")
        #expect(
            performing: { try dataset("sst2", at: path) },
            throws: { sentence($0, has: "dev.json:3:", "'label'", "0 to 1") })
        #expect(
            performing: { try dataset("sst2", at: folder.write("{\"sst2\": [", to: "dev.json")) },
            throws: { sentence($0, has: "dev.json:1:") })
    }

    @Test(
        "The published development set is read", .enabled(if: SharedData.has("advglue"), "there is no data"),
        arguments: [
            ("sst2", [72, 76]), ("qqp", [46, 32]), ("qnli", [74, 74]), ("mnli", []), ("mnli-mm", []),
            ("rte", []),
        ])
    func realData(_ task: String, _ balance: [Int]) throws {
        let dataset = try dataset(task, at: SharedData.folder + "/advglue/dev.json")
        let sizes = ["sst2": 148, "qqp": 78, "mnli": 121, "mnli-mm": 162, "qnli": 148, "rte": 81]
        let rows = try dataset.read("validation")
        #expect(rows.count == sizes[task])
        if !balance.isEmpty { #expect([0, 1].map { label in rows.count { $0.label == label } } == balance) }
    }
}
