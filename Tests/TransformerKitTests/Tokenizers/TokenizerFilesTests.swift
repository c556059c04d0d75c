import Foundation
import SondeJSON
import SondeSDK
import TestSupport
import Testing
import TransformerKit

/// The three kinds of files in which checkpoints have a tokenizer.
@Suite struct TokenizerFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "a", "b", "ab", "Ġ"]

    private func writePieces(_ pieces: [String] = pieces) throws {
        let members = pieces.enumerated().map { ($0.element, JSONValue.integer(Int64($0.offset))) }
        _ = try folder.write(JSONValue.object(JSONObject(members)).text(), to: "vocab.json")
    }

    /// A field of a Protocol Buffers message that holds bytes, at most 127.
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    private func piece(_ text: String, score: Float = 0) -> [UInt8] {
        field(
            1,
            field(1, Array(text.utf8)) + [2 << 3 | 5]
                + withUnsafeBytes(of: score.bitPattern.littleEndian, Array.init))
    }

    @Test func piecesAndMergesInFilesOfTheirOwnAreRobertas() throws {
        try writePieces()
        _ = try folder.write("#version: 0.2\na b\n", to: "merges.txt")
        let tokenizer = try Tokenizer(checkpoint: folder.path)
        #expect(tokenizer.encode("ab<mask> b", addingSpecialTokens: true) == [0, 7, 4, 8, 6, 2])
        #expect(tokenizer.decode([0, 7, 4, 8, 6, 2]) == "ab b")
        #expect(tokenizer.specialTokens == [0, 1, 2, 3, 4])
    }

    @Test(arguments: [
        ("#version: 0.2\na b\na b c\n", "merges.txt: 'line 3' has to be two pieces, not a b c."),
        ("a b\n\nb a\n", "merges.txt: 'line 3' has a piece that the vocabulary lacks, or makes one."),
    ])
    func aLineThatIsNoMergeIsNamed(_ merges: String, _ words: String) throws {
        try writePieces()
        _ = try folder.write(merges, to: "merges.txt")
        let error = try #require(throws: SondeError.self) { try Tokenizer(checkpoint: folder.path) }
        #expect("\(error)".hasSuffix(words), "\(error)")
    }

    @Test func aSpecialTokenThatIsMissingIsNamed() throws {
        try writePieces(Self.pieces.filter { $0 != "<mask>" })
        _ = try folder.write("a b\n", to: "merges.txt")
        let error = try #require(throws: SondeError.self) { try Tokenizer(checkpoint: folder.path) }
        #expect("\(error)".hasSuffix("vocab.json: '<mask>' is missing."), "\(error)")
    }

    @Test func aModelOfSentencePieceIsT5s() throws {
        let pieces = ["<pad>", "</s>", "<unk>"].flatMap { piece($0) }
        let model =
            pieces + piece("▁", score: -2) + piece("▁a", score: -3) + piece("b", score: -4)
            + field(2, [40 << 3 & 0xFF | 0x80, 2, 2])
        _ = try folder.write(Data(model), to: "spiece.model")
        let tokenizer = try Tokenizer(checkpoint: folder.path)
        #expect(tokenizer.tokenCount == 106)
        #expect(
            tokenizer.encode(" ab  xyb\n<extra_id_0>", addingSpecialTokens: true) == [4, 5, 3, 2, 5, 105, 1])
        #expect(tokenizer.decode([4, 5, 3, 5, 1]) == "ab b")
        #expect(tokenizer.text(ofToken: 4) == " a")
    }

    @Test(
        arguments: [
            ([0x0A, 0x05, 0x0A], "is no model of SentencePiece, or not all of it."),
            ([], "is no model of SentencePiece, or not all of it."),
            (
                [0x12, 0x02, 0x18, 0x02],
                "'trainer_spec.model_type' is BPE, which is not supported; supported here: UNIGRAM."
            ),
            (
                [0x1A, 0x02, 0x18, 0x00],
                "'normalizer_spec.add_dummy_prefix' is false, which is not supported; supported here: true."
            ),
            (
                [0x0A, 0x05, 0x0A, 0x01, 0x61, 0x18, 0x04],
                "'pieces[0].type' is USER_DEFINED, which is not supported; supported here: NORMAL."
            ),
        ] as [([UInt8], String)])
    func aModelThatWouldBeReadWronglyIsRefused(_ bytes: [UInt8], _ words: String) throws {
        _ = try folder.write(Data(bytes), to: "spiece.model")
        let error = try #require(throws: SondeError.self) { try Tokenizer(checkpoint: folder.path) }
        #expect("\(error)".hasSuffix(words), "\(error)")
    }
}
