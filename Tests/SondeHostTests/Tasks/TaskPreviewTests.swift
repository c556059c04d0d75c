import SondeHost
import SondeSDK
import TestSupport
import Testing

/// `sonde task show` as text, on the sample data.
@Suite struct TaskPreviewTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func text(
        _ yaml: String, split: String? = nil, examples: Int = 2, isColoured: Bool = false
    ) throws -> String {
        let registry = try fixture.registry([])
        let task = try TaskRequest("cb", of: fixture.study(yaml), registry: registry)
        let model = try registry.makeModel(directory: #require(task.model))
        return try TaskPreview(task, model: model, promptRows: task.promptRows ?? 0, seed: 0).text(
            split: split, examples: examples, columns: 100, isColoured: isColoured)
    }

    @Test func labelsLengthsCandidatesAndExamplesAreShown() throws {
        let text = try text(StudyFixture.yaml())
        #expect(text.contains("Labels of cb"))
        #expect(text.contains("validation         8"))
        #expect(text.contains("entailment     ' yes'  ␣yes 303"))
        #expect(text.contains("train.jsonl:1"))
        #expect(text.contains("prompt × 2|"))
        #expect(text.contains("→ ␣"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func promptCutAndScoredPositionAreColoured() throws {
        // 2 rows of the prompt and 2 tokens of the longest target leave 16 tokens for texts of 19 and more.
        let text = try text(
            StudyFixture.yaml(taskExtra: "maximum_tokens: 20"), examples: 1, isColoured: true)
        #expect(text.contains("\u{1B}[35mprompt × 2\u{1B}[0m"))
        #expect(text.contains("\u{1B}[9;31m"))
        #expect(text.contains("\u{1B}[7;32m:\u{1B}[0m"))
        #expect(text.contains("24        "))
    }

    @Test func tokensThatAreKeptAreNotShownAsCut() throws {
        let whole = try text(StudyFixture.yaml(), examples: 1)
        let cut = try text(
            StudyFixture.yaml(taskExtra: "maximum_tokens: 20"), examples: 1, isColoured: true)
        func line(_ text: String) throws -> String {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let start = try #require(lines.firstIndex { $0.contains("train.jsonl:1") })
            return lines[(start + 1)...].prefix { !$0.contains("303") }.joined()
        }
        let uncoloured = try line(cut).replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(uncoloured == (try line(whole)))
    }

    @Test func sharedExamplesAreReported() throws {
        let options =
            "{train: train.jsonl, validation: val.jsonl, test: train.jsonl, labels: [entailment, contradiction, neutral]}"
        let text = try text(StudyFixture.yaml(options: options))
        #expect(text.contains("24 of 24 examples of 'test' have the text of one of 'train'"))
    }

    @Test func unknownNamesAreRefused() throws {
        #expect(
            performing: { try text(StudyFixture.yaml(), split: "trian") },
            throws: sentence(containing: "did you mean 'train'?"))
        #expect(
            performing: {
                try TaskRequest("bc", of: fixture.study(), registry: fixture.registry([]))
            }, throws: sentence(containing: "there is no task 'bc', only cb"))
    }
}
