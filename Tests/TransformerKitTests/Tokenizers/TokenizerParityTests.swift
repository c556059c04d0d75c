import Foundation
import SondeJSON
import Testing
import TransformerKit

/// Ids and texts are those of Hugging Face's `tokenizers`, recorded by Tests/References/record_tokenizer.py.
@Suite struct TokenizerParityTests {
    @Test(arguments: ["fixture", "gpt2", "unigram"])
    func everyHardLineGetsTheReferencesIdsAndText(_ name: String) throws {
        let tokenizer = try Tokenizer(file: FixtureFiles.path("tokenizers/\(name)/tokenizer.json"))
        try expectParity(tokenizer, with: "tokenizers/\(name).jsonl")
    }

    /// A tokenizer.json, a vocab.json with merges.txt, a spiece.model.
    static let shared = ["models/bloom-mini", "data/tokenizers/roberta-base", "data/tokenizers/t5"]

    @Test(.enabled(if: FixtureFiles.hasShared("data"), "../shared is not there"), arguments: shared)
    func everyHardLineGetsTheReferencesIdsWithTheFilesOfACheckpoint(_ folder: String) throws {
        let tokenizer = try Tokenizer(checkpoint: FixtureFiles.shared(folder))
        let name = try #require(folder.split(separator: "/").last)
        try expectParity(tokenizer, with: "tokenizers/\(name).jsonl")
    }

    /// Paper A hard-codes these ids (`unacceptable` of RoBERTa is 897 there, a misprint of two tokens).
    @Test(
        .enabled(if: FixtureFiles.hasShared("data"), "../shared is not there"),
        arguments: [
            (
                "roberta-base",
                [
                    "negative": 33407, "positive": 22173, "no": 2362, "yes": 10932, "neutral": 12516,
                    "false": 22303, "true": 29225, "acceptable": 32047,
                ]
            ),
            (
                "t5",
                [
                    "negative": 2841, "positive": 1465, "contradiction": 27252, "entailment": 3,
                    "neutral": 7163, "false": 6136, "true": 1176, "unacceptable": 29452, "acceptable": 9961,
                ]
            ),
        ] as [(String, [String: Int32])])
    func labelWordsGetThePapersIds(_ name: String, _ words: [String: Int32]) throws {
        let tokenizer = try Tokenizer(checkpoint: FixtureFiles.shared("data/tokenizers/" + name))
        for (word, id) in words {
            #expect(tokenizer.encode(word, addingSpecialTokens: false).first == id, "\(word)")
        }
    }

    /// RoBERTa's candidates are single tokens; T5's file is one of 2020, and its candidates end as texts do.
    @Test(
        arguments: [
            ("bloom/four-heads", "", false), ("roberta/half", "/cloze", false), ("t5/relu-tied", "", true),
        ])
    func everyRowOfTheModelsFixturesGetsTheReferencesIds(
        _ name: String, _ answers: String, _ areCandidatesWhole: Bool
    ) throws {
        let folder = FixtureFiles.path(name)
        let tokenizer = try Tokenizer(file: folder + "/model/tokenizer.json")
        let data = try Data(contentsOf: URL(filePath: folder + answers + "/expected.json"))
        let rows = try #require(try JSONValue(parsing: data)["rows"]?.arrayValue)
        #expect(rows.count >= 9)
        for row in rows {
            #expect(
                tokenizer.encode(try #require(row["text"]?.stringValue), addingSpecialTokens: true)
                    == ids(row["text_ids"]))
            let candidates = try #require(row["candidates"]?.arrayValue).compactMap(\.stringValue)
            #expect(
                candidates.map { tokenizer.encode($0, addingSpecialTokens: areCandidatesWhole) }
                    == row["candidate_ids"]?.arrayValue?.map { ids($0) })
        }
    }

    private func expectParity(_ tokenizer: Tokenizer, with name: String) throws {
        let rows = try FixtureFiles.lines(name)
        try #require(rows.count > 500)
        #expect(tokenizer.tokenCount == rows[0]["token_count"]?.intValue)
        for (id, text) in (rows[0]["token_texts"]?.arrayValue ?? []).enumerated() {
            if !text.isNull { #expect(tokenizer.text(ofToken: Int32(id)) == text.stringValue) }
        }
        let (before, after) = (ids(rows[0]["before"]), ids(rows[0]["after"]))
        for row in rows.dropFirst() {
            let text = try #require(row["text"]?.stringValue)
            let expected = ids(row["ids"])
            let decoded = row["decoded"]?.stringValue ?? text
            let encoded = tokenizer.encode(text, addingSpecialTokens: false)
            #expect(encoded == expected, "\(text.debugDescription)")
            #expect(tokenizer.encode(text, addingSpecialTokens: true) == before + expected + after)
            #expect(
                Array(tokenizer.decode(expected, skippingSpecialTokens: false).utf8) == Array(decoded.utf8),
                "\(text.debugDescription)")
            let skipped = row["skipped"]?.stringValue ?? decoded
            #expect(
                Array(tokenizer.decode(expected, skippingSpecialTokens: true).utf8) == Array(skipped.utf8))
        }
    }

    private func ids(_ value: JSONValue?) -> [Int32] {
        value?.arrayValue?.compactMap { $0.intValue.map(Int32.init) } ?? []
    }
}
