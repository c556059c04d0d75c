import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("Texts that exceed a RoBERTa's positions")
struct MaskShorteningTests {
    private static let checkpoint = BuiltProducts.package + "/Tests/Fixtures/roberta/three-heads/model"
    private static let promptRows = 8
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func task(_ template: String, layout: String) throws -> (EncodedTask, any Model) {
        let words = (0..<2000).map { "word\($0 % 7)" }.joined(separator: " ")
        let lines = [words, "The river was cold."].map { text in
            JSONValue.object(["text": .string(text), "label": 1]).text() + "\n"
        }
        let file = try folder.write(lines.joined(), to: "rows.jsonl")
        let dataset = try BundledPlugins.dataset(
            "jsonlines", ["test": .string(file), "labels": ["no", "yes"]])
        let model = try BundledPlugins.model(directory: Self.checkpoint, ["layout": .string(layout)])
        let task = try EncodedTask(
            TaskDefinition(name: "t", template: template, candidates: .inLabelOrder([" no", " yes"])),
            dataset: dataset, model: model, promptRows: Self.promptRows)
        return (task, model)
    }

    @Test("2,000 words are cut, and what surrounds them stays: the mask, what follows it, and the end")
    func cloze() throws {
        let (task, model) = try task("{text} So:<mask>. True?", layout: "cloze")
        let rows = try task.rows(split: "test")
        let mask = try #require(model.card.specialTokens["mask"].map(Int32.init))
        let limit = try #require(model.card.maximumLength) - Self.promptRows
        let long = Array(rows.texts[0])
        let short = Array(rows.texts[1])
        #expect(long.count <= limit)
        // Whole words go, so some positions may be left, but not many.
        #expect(long.count > limit - 10)
        #expect(long.filter { $0 == mask }.count == 1)
        let end = short.count - (try #require(short.firstIndex(of: mask)))
        #expect(Array(long.suffix(end)) == Array(short.suffix(end)))
        #expect(long.first == short.first)
        #expect(try task.shortenedCount(split: "test") == 1)
        try expectAnswers(rows, from: model, placement: "cloze")
    }

    @Test("In the other layout, whose mask stands before everything, the same")
    func leadingMask() throws {
        let (task, model) = try task("{text} True?", layout: "leading-mask")
        let rows = try task.rows(split: "test")
        let limit = try #require(model.card.maximumLength) - Self.promptRows
        let long = Array(rows.texts[0])
        #expect(long.count <= limit && long.count > limit - 10)
        #expect(Array(long.suffix(3)) == Array(Array(rows.texts[1]).suffix(3)))
        #expect(try task.shortenedCount(split: "test") == 1)
        try expectAnswers(rows, from: model, placement: "leading-mask")
    }

    @Test("A template that leaves no room for its own words is refused by the example")
    func crowdedTemplate() throws {
        let words = Array(repeating: "river", count: 120).joined(separator: " ")
        let (task, _) = try task("{text} \(words)<mask>.", layout: "cloze")
        let error = #expect(throws: HostError.self) { try task.rows(split: "test") }
        #expect(error?.sentence.contains("rows.jsonl:1") == true, "\(error?.sentence ?? "")")
    }

    @Test("A template without a mask is refused")
    func absentMask() throws {
        let (task, model) = try task("{text} True?", layout: "cloze")
        let error = #expect(throws: SondeError.self) {
            try model.run(Pass(rows: try task.rows(split: "test")))
        }
        #expect(error?.message.contains("must have one") == true)
    }

    /// The model takes the rows beside a prompt of the size that room was left for.
    private func expectAnswers(_ rows: Rows, from model: any Model, placement: String) throws {
        let width = try model.card.width
        let values = (0..<Self.promptRows * width).map { Float($0 % 5) / 10 }
        let prompt = try model.prepare(
            SoftPrompt(values: values, rows: Self.promptRows, width: width, placement: placement))
        let result = try model.run(Pass(rows: rows, prompts: [prompt]))
        #expect(result.candidateScores[0].count == 4)
        #expect(result.candidateScores[0].allSatisfy { $0.isFinite && $0 < 0 })
    }
}
