import SondeJSON
import Testing
import TransformerKit

/// What a tokenizer does beyond the recorded lines.
@Suite struct TokenizerTests {
    @Test func everyCharacterIsDecodedToItself() throws {
        let tokenizer = try TokenizerFile.fixture().read()
        var text = ""
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 13) {
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        let ids = tokenizer.encode(text, addingSpecialTokens: false)
        #expect(tokenizer.decode(ids).utf8.elementsEqual(text.utf8))
    }

    @Test func piecesAndIdsLeadToEachOther() throws {
        let tokenizer = try TokenizerFile.fixture().read()
        for id in 0..<Int32(tokenizer.tokenCount) {
            let piece = try #require(tokenizer.piece(of: id))
            #expect(tokenizer.id(of: piece) == id)
        }
        #expect(tokenizer.id(of: "no such piece") == nil)
        #expect(tokenizer.piece(of: try #require(tokenizer.id(of: "Ġthe"))) == "Ġthe")
        #expect(tokenizer.text(ofToken: try #require(tokenizer.id(of: "Ġthe"))) == " the")
    }

    @Test func theCharacterOfValueZeroIsShownAsItsSign() throws {
        let tokenizer = try TokenizerFile(pieces: ["aĀb"], merges: []).read()
        #expect(tokenizer.text(ofToken: 0) == "a␀b")
        #expect(tokenizer.decode([0]) == "a\0b")
    }

    @Test func idsThatTheTokenizerLacksHaveNoText() throws {
        let tokenizer = try TokenizerFile(pieces: ["a", "b"], merges: []).setting("model.vocab.c", to: 9)
            .read()
        #expect(tokenizer.tokenCount == 10)
        for id: Int32 in [-1, 2, 8, 10, .max, .min] {
            #expect(tokenizer.piece(of: id) == nil)
            #expect(tokenizer.text(ofToken: id) == nil)
        }
        #expect(tokenizer.decode([0, 5, 9, -7, 1]) == "acb")
    }

    @Test func mergesAreTheSameInBothSpellings() throws {
        let pieces = ["a", "b", "c", "ab", "bc", "abc"]
        let arrays = try TokenizerFile(pieces: pieces, merges: [["b", "c"], ["a", "bc"], ["a", "b"]]).read()
        let strings = try TokenizerFile(pieces: pieces, merges: ["#version: 0.2", "b c", "a bc", "a b"])
            .read()
        for tokenizer in [arrays, strings] {
            #expect(tokenizer.encode("abcab", addingSpecialTokens: false) == [5, 3])
        }
    }

    @Test func theMergeOfLowestRankComesFirstAndOfEqualOnesTheLeftmost() throws {
        let pieces = ["a", "b", "aa", "ab", "aaa"]
        let tokenizer = try TokenizerFile(pieces: pieces, merges: [["a", "a"], ["a", "b"], ["aa", "a"]])
            .read()
        #expect(tokenizer.encode("aab", addingSpecialTokens: false) == [2, 1])
        #expect(tokenizer.encode("aaab", addingSpecialTokens: false) == [2, 3])
        #expect(tokenizer.encode("aaaaa", addingSpecialTokens: false) == [2, 4])
    }

    @Test func aLongTextWithoutSpacesIsMergedThroughout() throws {
        let tokenizer = try TokenizerFile(pieces: ["a", "aa", "aaaa"], merges: [["a", "a"], ["aa", "aa"]])
            .read()
        let ids = tokenizer.encode(String(repeating: "a", count: 400_002), addingSpecialTokens: false)
        #expect(ids == Array(repeating: 2, count: 100_000) + [1])
    }

    @Test(
        arguments: [
            (JSONObject(), [2, 2]),
            (["unk_token": "?"], [2, 3, 3, 2]),
            (["unk_token": "?", "fuse_unk": true], [2, 3, 2]),
        ] as [(JSONObject, [Int32])])
    func bytesThatTheVocabularyLacksAreUnknownOrLeftOut(_ options: JSONObject, _ expected: [Int32]) throws {
        let tokenizer = try TokenizerFile(
            pieces: ["a", "b", "ab", "?"], merges: [["a", "b"]], options: options
        ).read()
        #expect(tokenizer.encode("abéab", addingSpecialTokens: false) == expected)
    }

    @Test(arguments: [(true, [3]), (false, [2, 1])] as [(Bool, [Int32])])
    func aPartThatIsAPieceNeedsNoMergesWhereTheFileSaysSo(_ isSkipping: Bool, _ expected: [Int32]) throws {
        let tokenizer = try TokenizerFile(
            pieces: ["a", "b", "aa", "aab"], merges: [["a", "a"]],
            options: ["ignore_merges": .boolean(isSkipping)]
        ).read()
        #expect(tokenizer.encode("aab", addingSpecialTokens: false) == expected)
    }

    @Test func twoSpellingsOfACharacterAreTwoTokens() throws {
        let tokens: JSONValue = [
            ["id": 3, "content": "é", "special": false], ["id": 4, "content": "e\u{301}", "special": false],
        ]
        let tokenizer = try TokenizerFile(pieces: ["a", "b", "c"], merges: []).setting(
            "added_tokens", to: tokens
        ).read()
        #expect(tokenizer.encode("aéae\u{301}", addingSpecialTokens: false) == [0, 3, 0, 4])
        #expect(tokenizer.id(of: "e\u{301}") == 4)
    }

    @Test func aTokenOfSpaceThatAnotherHasTakenLeavesNoTrace() throws {
        let tokens: JSONValue = [
            ["id": 2, "content": "x", "rstrip": true, "special": false],
            ["id": 3, "content": "  ", "lstrip": true, "special": false],
        ]
        let tokenizer = try TokenizerFile(pieces: ["a", "b"], merges: []).setting("added_tokens", to: tokens)
            .read()
        #expect(tokenizer.encode("x    a", addingSpecialTokens: false) == [2, 0])
        #expect(tokenizer.encode("b    a", addingSpecialTokens: false) == [1, 3, 3, 0])
    }

    /// The expected lists and numbers are those of Oniguruma, asked through the reference.
    @Test func bloomsExpressionEndsWordsAtTheseCharactersOnly() throws {
        let punctuation: [Unicode.Scalar] = [
            "!", "(", ")", ",", ".", "?", "|", "\u{60C}", "\u{6D4}", "\u{964}", "\u{2026}", "\u{3001}",
            "\u{3002}",
            "\u{FF0C}",
        ]
        let space: [ClosedRange<UInt32>] = [
            0x9...0xD, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
            0x2028...0x2029,
            0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
        ]
        let expected = Set(punctuation.map(\.value) + space.joined())
        let tokenizer = try TokenizerFile.countingParts(pattern: #" ?[^(\s|[.,!?…。，、।۔،])]+"#).read()
        let found = (UInt32(0)...0x10FFFF).filter { value in
            guard let scalar = Unicode.Scalar(value) else { return false }
            return tokenizer.encode("a\(scalar)b", addingSpecialTokens: false).count > 1
        }
        #expect(Set(found) == expected)
    }

    @Test(arguments: [
        ("a  b", 3), (" a b ", 3), (" ", 1), ("  \n ", 1), (". .. a", 2), (" (a)", 3), ("a\u{3000} b", 3),
        ("", 0),
    ])
    func bloomsExpressionDividesATextIntoParts(_ text: String, _ count: Int) throws {
        let tokenizer = try TokenizerFile.countingParts(pattern: #" ?[^(\s|[.,!?…。，、।۔،])]+"#).read()
        #expect(tokenizer.encode(text, addingSpecialTokens: false).count == count)
    }

    @Test(arguments: [
        ("it's 'twas'll", 5), ("a1 b2²", 4), ("  a", 2), ("a   ", 2), ("a \n b", 3), ("x\u{A0}\u{A0}y", 4),
        ("...a!?", 3),
        ("é\u{301}e", 3), ("", 0),
    ])
    func gpt2sExpressionDividesATextIntoParts(_ text: String, _ count: Int) throws {
        let expression = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        let tokenizer = try TokenizerFile.countingParts(pattern: expression).read()
        #expect(tokenizer.encode(text, addingSpecialTokens: false).count == count)
    }
}
