import SondeJSON
import SondeSDK

/// Reads the model of a tokenizer file: the vocabulary and the merges.
struct BytePairModelReader {
    private let model: TokenizerComponent

    /// Checks that the model is byte-pair encoding and asks for nothing that is not done here.
    init(_ model: TokenizerComponent) throws {
        // Files written before the field existed hold merges all the same.
        guard model.type == "BPE" || (model.fields["type"] == nil && model.fields["merges"] != nil) else {
            throw model.unsupportedType()
        }
        try model.require("dropout", in: [0, 0.0])
        try model.require("byte_fallback", in: [false])
        try model.require("continuing_subword_prefix", in: [""])
        try model.require("end_of_word_suffix", in: [""])
        self.model = model
    }

    func vocabulary() throws -> Vocabulary {
        guard let entries = model.fields["vocab"]?.objectValue else {
            throw model.invalid("vocab", "is missing or not an object")
        }
        var vocabulary = Vocabulary(minimumCapacity: entries.count)
        for (piece, value) in entries {
            guard let id = value.intValue, vocabulary.insert(piece.utf8Span.span, id: id) else {
                throw model.invalid(
                    "vocab", "gives '\(piece)' the id \(value.text()), which is taken or no id")
            }
        }
        return vocabulary
    }

    func merges(_ vocabulary: Vocabulary) throws -> MergeTable {
        let values = try model.array("merges")
        var table = MergeTable(capacity: values.count)
        var joined: [UInt8] = []
        for (rank, value) in values.enumerated() {
            guard let (left, right) = Self.pair(value) else {
                throw model.invalid("merges[\(rank)]", "is \(value.text()), which is no pair of tokens")
            }
            joined.removeAll(keepingCapacity: true)
            joined.append(contentsOf: left)
            joined.append(contentsOf: right)
            let span = joined.span
            guard let leftId = vocabulary.modelId(of: span.extracting(0..<left.count)),
                let rightId = vocabulary.modelId(of: span.extracting(left.count..<joined.count)),
                let id = vocabulary.modelId(of: span)
            else {
                throw model.invalid(
                    "merges[\(rank)]", "is \(value.text()), and the vocabulary lacks a part of it")
            }
            table.insert(leftId, rightId, MergeTable.Merge(rank: UInt32(rank), id: id))
        }
        return table
    }

    func unknownToken(_ vocabulary: Vocabulary) throws -> BytePairEncoder.UnknownToken? {
        guard let piece = try model.string("unk_token"), !piece.isEmpty else { return nil }
        let bytes = Array(piece.utf8)
        guard let id = vocabulary.modelId(of: bytes.span) else {
            throw model.invalid("unk_token", "is '\(piece)', which the vocabulary lacks")
        }
        return .init(id: id, isFused: try model.boolean("fuse_unk", default: false))
    }

    /// Both halves of a merge, which files write as `"a b"` or as `["a", "b"]`.
    private static func pair(_ value: JSONValue) -> (Substring.UTF8View, Substring.UTF8View)? {
        switch value {
        case .string(let text):
            guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            return (text.utf8[..<space], text.utf8[text.utf8.index(after: space)...])
        case .array(let halves):
            guard halves.count == 2, let left = halves[0].stringValue, let right = halves[1].stringValue
            else {
                return nil
            }
            return (left[...].utf8, right[...].utf8)
        default: return nil
        }
    }
}
