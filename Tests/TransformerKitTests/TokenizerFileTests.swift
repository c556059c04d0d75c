import Foundation
import SondeJSON
import SondeSDK
import Testing
import TransformerKit

/// Everything in a tokenizer file is understood or refused by name.
@Suite struct TokenizerFileTests {
    static let base: JSONValue = [
        "added_tokens": [["id": 3, "content": "<s>", "special": true]],
        "normalizer": nil,
        "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "use_regex": true],
        "post_processor": nil,
        "decoder": ["type": "ByteLevel"],
        "model": ["type": "BPE", "vocab": ["a": 0, "b": 1, "ab": 2], "merges": ["a b"]],
    ]

    private func tokenizer(_ change: (inout JSONObject) -> Void) throws -> Tokenizer {
        var fields = try #require(Self.base.objectValue)
        change(&fields)
        let folder = try FixtureFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try JSONValue.object(fields).text().write(
            toFile: folder + "/tokenizer.json", atomically: true, encoding: .utf8)
        return try Tokenizer(directory: folder)
    }

    private func model(_ fields: JSONObject) -> JSONValue {
        var model: JSONObject = ["type": "BPE", "vocab": ["a": 0, "b": 1, "ab": 2], "merges": ["a b"]]
        for (key, value) in fields { model[key] = value }
        return .object(model)
    }

    @Test func mergesMayBePairsOfStrings() throws {
        let tokenizer = try tokenizer { $0["model"] = model(["merges": [["a", "b"]]]) }
        #expect(tokenizer.encode("abba") == [2, 1, 0])
    }

    @Test func bytesThatTheVocabularyLacksAreDroppedOrUnknown() throws {
        #expect(try tokenizer { _ in }.encode("axxb") == [0, 1])
        let unknown: JSONObject = ["vocab": ["a": 0, "b": 1, "ab": 2, "?": 4], "unk_token": "?"]
        #expect(try tokenizer { $0["model"] = model(unknown) }.encode("axxb") == [0, 4, 4, 1])
        var fused = unknown
        fused["fuse_unk"] = true
        #expect(try tokenizer { $0["model"] = model(fused) }.encode("axxb") == [0, 4, 1])
    }

    @Test func wholeWordsGoBeforeMergesWhereTheFileSaysSo() throws {
        let vocabulary: JSONValue = ["a": 0, "b": 1, "ab": 2, "aba": 4]
        #expect(try tokenizer { $0["model"] = model(["vocab": vocabulary]) }.encode("aba") == [2, 0])
        let ignoring = model(["vocab": vocabulary, "ignore_merges": true])
        #expect(try tokenizer { $0["model"] = ignoring }.encode("aba") == [4])
    }

    @Test func piecesAndTokensAreFoundById() throws {
        let tokenizer = try tokenizer { $0["added_tokens"] = [["id": 9, "content": "<s>", "special": true]] }
        #expect(tokenizer.tokenCount == 10)
        #expect(tokenizer.piece(of: 2) == "ab")
        #expect(tokenizer.piece(of: 9) == "<s>")
        #expect(tokenizer.piece(of: 5) == nil)
        #expect(tokenizer.text(ofToken: 5) == nil)
        #expect(tokenizer.piece(of: -1) == nil)
        #expect(tokenizer.id(ofPiece: "ab") == 2)
        #expect(tokenizer.id(ofPiece: "ba") == nil)
        #expect(tokenizer.specialTokens == ["<s>": 9])
        #expect(tokenizer.decode([2, 9, 5, 77, 0]) == "ab<s>a")
    }

    @Test func aWordOfAnyLengthIsEncoded() throws {
        #expect(
            try tokenizer { _ in }.encode(String(repeating: "ab", count: 50_000))
                == Array(repeating: 2, count: 50_000))
    }

    @Test(
        arguments: [
            ("normalizer", ["type": "NFC"], "the component 'NFC' of 'normalizer'"),
            ("pre_tokenizer", nil, "a file without 'pre_tokenizer'"),
            ("pre_tokenizer", ["type": "Whitespace"], "a 'pre_tokenizer' without bytes"),
            (
                "pre_tokenizer",
                ["type": "Sequence", "pretokenizers": [["type": "Digits"], ["type": "ByteLevel"]]],
                "the component 'Digits' of 'pre_tokenizer.pretokenizers[0]'"
            ),
            (
                "pre_tokenizer",
                [
                    "type": "Sequence",
                    "pretokenizers": [
                        ["type": "Split", "pattern": ["Regex": "x+"], "behavior": "Isolated"],
                        ["type": "ByteLevel"],
                    ],
                ], "the expression {\"Regex\":\"x+\"}"
            ),
            (
                "post_processor", ["type": "BertProcessing"],
                "the component 'BertProcessing' of 'post_processor'"
            ),
            ("decoder", ["type": "WordPiece"], "the component 'WordPiece' of 'decoder'"),
            ("decoder", nil, "a file without 'decoder'"),
            ("model", ["type": "Unigram"], "the component 'Unigram' of 'model'"),
            ("model", ["type": "BPE", "dropout": 0.1], "'model.dropout' of 0.1"),
            ("model", ["type": "BPE", "byte_fallback": true], "'model.byte_fallback' of true"),
            (
                "model", ["type": "BPE", "end_of_word_suffix": "</w>"],
                "'model.end_of_word_suffix' of \"</w>\""
            ),
            ("model", ["type": "BPE"], "field 'model.vocab' is missing or not an object"),
            ("model", ["type": "BPE", "vocab": ["a": 0, "b": 0]], "gives 'b' the id 0, which is taken"),
            ("model", ["type": "BPE", "vocab": ["a": -1]], "gives 'a' the id -1"),
            ("model", ["type": "BPE", "vocab": ["a": 99_999_999_999]], "gives 'a' the id 99999999999"),
            (
                "model", ["type": "BPE", "vocab": ["a": 0], "merges": ["a b"]],
                "'model.merges[0]' is \"a b\", and the vocabulary"
            ),
            (
                "model", ["type": "BPE", "vocab": ["a": 0], "merges": ["a"]],
                "'model.merges[0]' is \"a\", which is no pair"
            ),
            ("model", ["type": "BPE", "vocab": ["a": 0], "unk_token": "?"], "'model.unk_token' is '?'"),
            (
                "added_tokens", [["id": 2, "content": "<s>"]],
                "'added_tokens[0].id' is 2, which belongs to another"
            ),
            ("added_tokens", [["id": 3]], "'added_tokens[0].content' is missing"),
            (
                "added_tokens", [["id": 3, "content": "x", "lstrip": 1]],
                "'added_tokens[0].lstrip' is an integer"
            ),
        ] as [(String, JSONValue, String)])
    func whatIsNotUnderstoodIsRefusedByName(_ field: String, _ value: JSONValue, _ words: String) {
        let error = #expect(throws: SondeError.self) { try tokenizer { $0[field] = value } }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("tokenizer.json: ") == true)
    }

    @Test func aFileThatIsNotThereOrNotJSONIsRefusedWithItsPlace() throws {
        let missing = #expect(throws: SondeError.self) { try Tokenizer(file: "/nowhere/tokenizer.json") }
        #expect(missing?.code == .inputOutput)
        let folder = try FixtureFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "{\n \"model\": ".write(toFile: folder + "/tokenizer.json", atomically: true, encoding: .utf8)
        let malformed = #expect(throws: SondeError.self) { try Tokenizer(directory: folder) }
        #expect(
            malformed?.message.hasSuffix(
                "tokenizer.json: line 2, column 11: the text ends where a value is expected.") == true)
    }
}
