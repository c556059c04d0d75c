/// Divides a text into the parts that the model sees one at a time: the component `pre_tokenizer`.
struct PreTokenizer {
    /// A step; each divides the parts that the one before it made.
    private enum Step {
        case split(Splitter)
        case metaspace(Metaspace)
        /// Puts a space before every part that does not begin with one.
        case prefixSpace
        /// Spells the bytes of a part with the byte alphabet.
        case spell
    }

    private let steps: [Step]
    /// Whether the parts are texts whose bytes the model has to see as characters of the byte alphabet.
    let leavesBytes: Bool

    /// The parts of a text, without empty ones.
    func parts(of text: TextPart) -> [TextPart] {
        guard !text.bytes.isEmpty else { return [] }
        return steps.reduce([text]) { parts, step in
            switch step {
            case .split(let splitter) where parts.count == 1: splitter.parts(of: parts[0])
            case .split(let splitter): parts.flatMap(splitter.parts)
            case .metaspace(let metaspace): parts.flatMap(metaspace.parts)
            case .prefixSpace: parts.map(Self.withPrefixSpace)
            case .spell: parts.map(Self.spelt)
            }
        }
    }

    private static func withPrefixSpace(_ part: TextPart) -> TextPart {
        part.bytes.first == UInt8(ascii: " ") ? part : part.prefixed(with: " ")
    }

    private static func spelt(_ part: TextPart) -> TextPart {
        var edit = TextEdit(of: part)
        for place in part.bytes.indices {
            edit.append(ByteAlphabet.characters[Int(part.bytes[place])], for: place)
        }
        return edit.result
    }
}

extension PreTokenizer {
    private static let supported = "ByteLevel, Split, WhitespaceSplit, Metaspace and Sequence"

    /// Leaves a text whole.
    static let none = PreTokenizer(steps: [], leavesBytes: false)

    /// GPT-2's parts, to be seen as bytes.
    static let gpt2 = PreTokenizer(steps: [.split(.gpt2)], leavesBytes: true)

    /// Words with SentencePiece's mark before each.
    static let markedWords = PreTokenizer(
        steps: [.split(.whiteSpace), .metaspace(Metaspace(mark: "▁"))], leavesBytes: false)

    /// Reads the component `pre_tokenizer`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        var steps = try Self.steps(of: field)
        // What comes last is left to the model, which is quicker with bytes.
        leavesBytes = if case .spell? = steps.last { true } else { false }
        if leavesBytes { steps.removeLast() }
        self.steps = steps
    }

    private static func steps(of field: TokenizerField) throws(TokenizerError) -> [Step] {
        switch try field.type {
        case "Sequence":
            var steps: [Step] = []
            for member in try field.required("pretokenizers").elements { steps += try Self.steps(of: member) }
            return steps
        case "Split": return [.split(try Splitter(field))]
        case "WhitespaceSplit": return [.split(.whiteSpace)]
        case "Metaspace": return [.metaspace(try Metaspace(field))]
        case "ByteLevel":
            let prefix = try field.boolean("add_prefix_space", absent: true) ? [Step.prefixSpace] : []
            let split = try field.boolean("use_regex", absent: true) ? [Step.split(.gpt2)] : []
            return prefix + split + [.spell]
        default: throw try field.unsupportedType(supported)
        }
    }
}
