import Testing
import TransformerKit

/// The words by which prompts of RoBERTa and T5 were published to answer have the ids that their code names
/// (github.com/LeonAckermann/robust-neurons; a word of T5 is scored by its first token).
@Suite("Published label words", .enabled(if: FixtureFiles.hasShared("data"), "../shared is not there"))
struct LabelWordTests {
    private func ids(_ word: String, _ tokenizer: String) throws -> [Int32] {
        try Tokenizer(checkpoint: FixtureFiles.shared("data/tokenizers/" + tokenizer))
            .encode(word, addingSpecialTokens: false)
    }

    @Test(
        "A RoBERTa's are single tokens without a space before them",
        arguments: [
            ("negative", 33407), ("positive", 22173), ("no", 2362), ("yes", 10932), ("neutral", 12516),
            ("false", 22303), ("true", 29225), ("acceptable", 32047),
        ])
    func roberta(_ word: String, _ id: Int32) throws {
        #expect(try ids(word, "roberta-base") == [id])
    }

    @Test("'unacceptable' is no single token; the published id of its first piece, 897, is a slip for 879")
    func slip() throws {
        let pieces = try ids("unacceptable", "roberta-base")
        #expect(pieces.count > 1)
        #expect(pieces.first == 879)
    }

    @Test(
        "A T5's begin with the token that is scored",
        arguments: [
            ("negative", [2841]), ("positive", [1465]), ("contradiction", [27252]),
            ("entailment", [3, 35, 5756, 297]), ("neutral", [7163]), ("false", [6136]), ("true", [1176]),
            ("unacceptable", [29452]), ("acceptable", [9961]),
        ])
    func t5(_ word: String, _ expected: [Int32]) throws {
        let ids = try ids(word, "t5")
        #expect(ids.prefix(expected.count).elementsEqual(expected), "\(word): \(ids)")
    }
}
