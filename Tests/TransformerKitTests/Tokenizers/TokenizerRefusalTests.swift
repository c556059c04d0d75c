import Foundation
import SondeJSON
import TestSupport
import Testing
import TransformerKit

/// A file that would be read wrongly is refused, with its place.
@Suite struct TokenizerRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let path: String
        let value: JSONValue?
        let field: String
        let words: String
        var testDescription: String { "\(path) = \(value?.text() ?? "nothing")" }

        init(_ path: String, _ value: JSONValue?, at field: String? = nil, _ words: String) {
            self.path = path
            self.value = value
            self.field = field ?? path
            self.words = words
        }
    }

    static let refusals: [Refusal] = [
        Refusal("normalizer", ["type": "StripAccents"], "of type StripAccents, which is not supported"),
        Refusal(
            "normalizer", ["type": "Sequence", "normalizers": [["type": "NFC"], ["type": "Nmt"]]],
            at: "normalizer.normalizers[1]", "of type Nmt"),
        Refusal("normalizer", ["type": "Prepend"], at: "normalizer.prepend", "is missing"),
        Refusal(
            "normalizer", ["type": "Precompiled", "precompiled_charsmap": "AAAA"],
            at: "normalizer.precompiled_charsmap", "holds no map of characters"),
        Refusal("decoder", ["type": "WordPiece"], "of type WordPiece"),
        Refusal(
            "decoder", ["type": "Strip", "content": "a", "start": -1, "stop": 0], at: "decoder.start",
            "has to be a count, not -1"),
        Refusal("decoder", "ByteLevel", "has to be an object, not \"ByteLevel\""),
        Refusal("pre_tokenizer", ["type": "Whitespace"], "of type Whitespace"),
        Refusal("pre_tokenizer", ["kind": "ByteLevel"], at: "pre_tokenizer.type", "is missing"),
        Refusal(
            "pre_tokenizer.pretokenizers.1", ["type": "Digits"], at: "pre_tokenizer.pretokenizers[1]",
            "of type Digits"),
        Refusal(
            "pre_tokenizer.pretokenizers.0.behavior", "Dropped",
            at: "pre_tokenizer.pretokenizers[0].behavior", "\"Dropped\""),
        Refusal(
            "pre_tokenizer.pretokenizers.0.pattern", ["Glob": "*"],
            at: "pre_tokenizer.pretokenizers[0].pattern.Regex", "is missing"),
        Refusal(
            "pre_tokenizer", ["type": "Metaspace", "replacement": "__"], at: "pre_tokenizer.replacement",
            "one character"),
        Refusal(
            "pre_tokenizer", ["type": "Metaspace", "replacement": "_", "prepend_scheme": "last"],
            at: "pre_tokenizer.prepend_scheme", "\"last\""),
        Refusal(
            "pre_tokenizer",
            ["type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "add_prefix_space": false],
            "no prefix space and the scheme first"),
        Refusal("post_processor", ["type": "BertProcessing"], "of type BertProcessing"),
        Refusal("post_processor.single", [], "\"A\" exactly once"),
        Refusal(
            "post_processor.single.0", ["SpecialToken": ["id": "<s>", "type_id": 0]],
            at: "post_processor.special_tokens.<s>", "is missing"),
        Refusal("model", nil, "is missing"),
        Refusal(
            "post_processor", ["type": "RobertaProcessing", "sep": ["</s>"], "cls": ["<s>", 1]],
            at: "post_processor.sep", "a token and its id"),
        Refusal("model.type", "WordPiece", at: "model", "of type WordPiece"),
        Refusal(
            "model", ["type": "Unigram", "unk_id": 2, "vocab": [["a", 0], ["b", 0]]], at: "model.unk_id",
            "is 2, which 'model.vocab' lacks"),
        Refusal(
            "model", ["type": "Unigram", "unk_id": nil, "vocab": [["a", 0]]], at: "model.unk_id", "is missing"
        ),
        Refusal(
            "model", ["type": "Unigram", "unk_id": 0, "vocab": [["a", 0], ["b"]]], at: "model.vocab[1]",
            "a piece and its score, not an array"),
        Refusal(
            "model", ["type": "Unigram", "unk_id": 0, "vocab": [["a", 0]], "byte_fallback": true],
            at: "model.byte_fallback", "is true"),
        Refusal("model.byte_fallback", true, "is true"),
        Refusal("model.dropout", 0.1, "is 0.1"),
        Refusal("model.continuing_subword_prefix", "##", "set to \"##\""),
        Refusal("model.end_of_word_suffix", "</w>", "set to \"</w>\""),
        Refusal("model.unk_token", "<unknown>", "'model.vocab' lacks"),
        Refusal("model.fuse_unk", 1, "has to be a boolean, not 1"),
        Refusal("model.vocab", ["a", "b"], "has to be an object, not an array"),
        Refusal("model.vocab.new", "7", at: "model.vocab", "\"new\" the id \"7\""),
        Refusal("model.vocab.new", -1, at: "model.vocab", "the id -1"),
        Refusal("model.vocab.new", 4_194_304, at: "model.vocab", "the id 4194304"),
        Refusal("model.vocab.new", 4, at: "model.vocab", "the same id 4"),
        Refusal("model.merges", "a b", "has to be an array"),
        Refusal("model.merges.3", "a b c", at: "model.merges[3]", "has to be two pieces"),
        Refusal("model.merges.3", ["a"], at: "model.merges[3]", "has to be two pieces"),
        Refusal("model.merges.3", ["a", "zzz"], at: "model.merges[3]", "lacks a part or the whole"),
        Refusal("model.merges.3", ["z", "z"], at: "model.merges[3]", "lacks a part or the whole"),
        Refusal("added_tokens", ["a": 1], "has to be an array"),
        Refusal("added_tokens.0.id", 7, at: "added_tokens[0]", "has the id 7, which should be 0"),
        Refusal("added_tokens.0.id", 0.5, at: "added_tokens[0].id", "has to be a token id"),
        Refusal("added_tokens.5.id", 1000, at: "added_tokens[5]", "has the id 1000"),
        Refusal("added_tokens.1.content", nil, at: "added_tokens[1].content", "is missing"),
        Refusal("added_tokens.1.lstrip", "yes", at: "added_tokens[1].lstrip", "has to be a boolean"),
    ]

    @Test(arguments: refusals)
    func theFieldIsNamedInOneSentence(_ refusal: Refusal) throws {
        let file = try TokenizerFile.fixture().setting(refusal.path, to: refusal.value)
        let error = try #require(throws: TokenizerError.self) { try file.read() }
        #expect(error.field == refusal.field)
        #expect(!error.isInputOutput)
        let sentence = error.description
        #expect(sentence.hasPrefix("\(error.file): '\(refusal.field)'"), "\(sentence)")
        #expect(sentence.contains(refusal.words), "\(sentence)")
        #expect(sentence.hasSuffix(".") && !sentence.contains("\n"), "\(sentence)")
    }

    @Test func anAddedTokenThatStandsTwiceIsRefused() throws {
        let token = JSONValue.object(["id": 2, "content": "new", "special": false])
        let file = TokenizerFile(pieces: ["a", "b"], merges: []).setting("added_tokens", to: [token, token])
        let error = try #require(throws: TokenizerError.self) { try file.read() }
        #expect(error.field == "added_tokens[1]")
    }

    @Test func aFileThatIsNotThereIsAnErrorOfTheSystem() throws {
        let folder = try TemporaryFolder()
        let error = try #require(throws: TokenizerError.self) {
            try Tokenizer(file: folder.path("tokenizer.json"))
        }
        #expect(error.isInputOutput)
        #expect(error.description.hasPrefix(folder.path("tokenizer.json: ")))
        #expect(throws: TokenizerError.self) { try Tokenizer(file: folder.path) }
    }

    @Test func theEndOfATruncatedFileIsNamed() throws {
        let folder = try TemporaryFolder()
        let text = try TokenizerFile.fixture().root.text()
        for length in [0, 1, 100, text.utf8.count / 2, text.utf8.count - 1] {
            let file = try folder.write(Data(text.utf8.prefix(length)), to: "tokenizer.json")
            let error = try #require(throws: TokenizerError.self) { try Tokenizer(file: file) }
            guard case .malformed(let reason) = error.reason else {
                Issue.record("\(error)")
                continue
            }
            #expect(reason.byteOffset <= length)
        }
    }
}
