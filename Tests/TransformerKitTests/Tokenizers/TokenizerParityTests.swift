import Foundation
import SondeJSON
import Testing
import TransformerKit

/// Ids and texts are those of Hugging Face's `tokenizers`, recorded by Tests/References/record_tokenizer.py.
@Suite struct TokenizerParityTests {
    @Test(arguments: ["fixture", "gpt2"])
    func everyHardLineGetsTheReferencesIdsAndText(_ name: String) throws {
        let tokenizer = try Tokenizer(file: FixtureFiles.path("tokenizers/\(name)/tokenizer.json"))
        try expectParity(tokenizer, with: "tokenizers/\(name).jsonl")
    }

    @Test(.enabled(if: FixtureFiles.hasBloomMini, "../shared/models/bloom-mini is not there"))
    func everyHardLineGetsTheReferencesIdsWithATokenizerTrainedOnRealText() throws {
        let tokenizer = try Tokenizer(file: FixtureFiles.bloomMini + "/tokenizer.json")
        try expectParity(tokenizer, with: "tokenizers/bloom-mini.jsonl")
    }

    @Test func everyRowOfTheBloomFixturesGetsTheReferencesIds() throws {
        let folder = FixtureFiles.path("bloom/four-heads")
        let tokenizer = try Tokenizer(file: folder + "/model/tokenizer.json")
        let data = try Data(contentsOf: URL(filePath: folder + "/expected.json"))
        let rows = try #require(try JSONValue(parsing: data)["rows"]?.arrayValue)
        #expect(rows.count == 9)
        for row in rows {
            #expect(
                tokenizer.encode(try #require(row["text"]?.stringValue), addingSpecialTokens: false)
                    == ids(row["text_ids"]))
            let candidates = try #require(row["candidates"]?.arrayValue).compactMap(\.stringValue)
            #expect(
                candidates.map { tokenizer.encode($0, addingSpecialTokens: false) }
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
        for row in rows.dropFirst() {
            let text = try #require(row["text"]?.stringValue)
            let expected = ids(row["ids"])
            let decoded = row["decoded"]?.stringValue ?? text
            let encoded = tokenizer.encode(text, addingSpecialTokens: false)
            #expect(encoded == expected, "\(text.debugDescription)")
            let withSpecial = row["with_special"].map { ids($0) } ?? expected
            #expect(tokenizer.encode(text, addingSpecialTokens: true) == withSpecial)
            #expect(
                Array(tokenizer.decode(expected, skippingSpecialTokens: false).utf8) == Array(decoded.utf8),
                "\(text.debugDescription)")
            let skipped = row["skipped"]?.stringValue ?? text
            #expect(
                Array(tokenizer.decode(expected, skippingSpecialTokens: true).utf8) == Array(skipped.utf8))
        }
    }

    private func ids(_ value: JSONValue?) -> [Int32] {
        value?.arrayValue?.compactMap { $0.intValue.map(Int32.init) } ?? []
    }
}
