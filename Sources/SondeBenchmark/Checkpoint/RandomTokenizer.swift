import SondeJSON
import SondeStatistics

/// A byte-level tokenizer with random pieces: the same for the same number of tokens.
///
/// Every piece but bytes and special tokens joins two that came before, mostly short ones, of one script; as long as in a
/// multilingual vocabulary, so that the file has about 15 MB for BLOOM's 250,680 tokens.
struct RandomTokenizer {
    static let special = ["<unk>", "<s>", "</s>", "<pad>", "<mask>"]
    static let begin: Int32 = 1
    static let end: Int32 = 2
    static let padding: Int32 = 3
    static let mask: Int32 = 4
    private static let alphabets = [
        "etaoinshrdlucmfwypvbgkqjxz", "aeéèàçêouintlrsdmpqvbfgh", "оеаинтсрвлкмдпуяыьгзбчйхжшющ",
        "اليمونرتبةعدسفهكقحجشصط", "कानरहसतमलयपदवगबज", "的一是不了人我在有他这为之大来以个中上们",
    ]
    /// In characters of the byte alphabet, of which some stand for a part of a letter.
    private static let longestPiece = 13

    private var pieces: [String]
    private var merges: [JSONValue] = []
    private var known: Set<String>
    private var stream = RandomStream(seed: 0, name: "benchmark/tokenizer")

    /// A tokenizer of so many tokens, but at least of the special ones and all bytes.
    init(tokens count: Int) {
        pieces = Self.special + (UInt8.min...UInt8.max).map { String(Self.character(of: $0)) }
        known = Set(pieces)
        for (index, alphabet) in Self.alphabets.enumerated() {
            extend(
                with: alphabet, upTo: pieces.count + (count - pieces.count) / (Self.alphabets.count - index))
        }
    }

    /// The content of `tokenizer.json`.
    var text: String {
        let vocabulary = pieces.enumerated().map { ($0.element, JSONValue.integer(Int64($0.offset))) }
        let added = Self.special.enumerated().map { id, content -> JSONValue in
            ["id": .integer(Int64(id)), "content": .string(content), "special": true]
        }
        let byteLevel: JSONValue = ["type": "ByteLevel", "add_prefix_space": false, "use_regex": true]
        let root: JSONValue = [
            "version": "1.0", "added_tokens": .array(added), "pre_tokenizer": byteLevel, "decoder": byteLevel,
            "model": ["type": "BPE", "vocab": .object(JSONObject(vocabulary)), "merges": .array(merges)],
        ]
        return root.text(indented: true)
    }

    /// Adds pieces of the letters of an alphabet.
    private mutating func extend(with alphabet: String, upTo count: Int) {
        var beginnings: [String] = []
        var continuations: [String] = []
        for letter in alphabet {
            let bytes = String(letter).utf8.map { String(Self.character(of: $0)) }
            for length in 1..<bytes.count { join(bytes[..<length].joined(), bytes[length]) }
            let letter = bytes.joined()
            join("Ġ", letter)
            continuations.append(letter)
            beginnings += [letter, "Ġ" + letter]
        }
        while pieces.count < count {
            let left = beginnings[lowIndex(below: beginnings.count, power: 2)]
            let right = continuations[lowIndex(below: continuations.count, power: 3)]
            guard left.unicodeScalars.count + right.unicodeScalars.count <= Self.longestPiece,
                join(left, right)
            else { continue }
            beginnings.append(left + right)
            if !left.hasPrefix("Ġ") { continuations.append(left + right) }
        }
    }

    /// Adds the piece that joins two, unless it is there.
    @discardableResult
    private mutating func join(_ left: String, _ right: String) -> Bool {
        guard known.insert(left + right).inserted else { return false }
        pieces.append(left + right)
        merges.append(.string("\(left) \(right)"))
        return true
    }

    private mutating func lowIndex(below count: Int, power: Int) -> Int {
        Int(Double(count) * (0..<power).reduce(1) { product, _ in product * stream.uniform() })
    }

    /// The character that stands for a byte, as `bytes_to_unicode` of GPT-2's published encoder has it.
    private static func character(of byte: UInt8) -> Unicode.Scalar {
        let code: UInt32 =
            switch byte {
            case 0x00...0x20: 0x100 + UInt32(byte)
            case 0x7F...0xA0: 0x121 + UInt32(byte - 0x7F)
            case 0xAD: 0x143
            default: UInt32(byte)
            }
        return Unicode.Scalar(code) ?? "?"
    }
}
