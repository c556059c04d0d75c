import SondeJSON

/// Divides a text into the parts that byte-pair encoding sees one at a time.
struct PreTokenizer {
    /// A step; each divides the parts that the one before it made.
    private enum Step {
        case split(SplitPattern)
        /// Puts a space before every part that does not begin with one.
        case prefixSpace
    }

    private let steps: [Step]

    /// The parts of a text, without empty ones.
    func parts(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard !text.isEmpty else { return [] }
        var parts = [text]
        for step in steps {
            switch step {
            case .split(let pattern) where parts.count == 1: parts = pattern.parts(of: parts[0])
            case .split(let pattern): parts = parts.flatMap(pattern.parts)
            case .prefixSpace: parts = parts.map(Self.withPrefixSpace)
            }
        }
        return parts
    }

    private static func withPrefixSpace(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        part.first == UInt8(ascii: " ") ? part : [UInt8(ascii: " ")] + part
    }
}

extension PreTokenizer {
    private static let supported =
        "ByteLevel, alone or at the end of a Sequence whose other members are Split"

    /// Reads the component `pre_tokenizer`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        let members = try field.type == "Sequence" ? field.required("pretokenizers").elements : [field]
        var steps: [Step] = []
        for (index, member) in members.enumerated() {
            // The byte level comes last: what follows it would see characters that stand for bytes.
            switch (try member.type, index == members.count - 1) {
            case ("Split", false): steps.append(.split(try Self.pattern(of: member)))
            case ("ByteLevel", true):
                if try member.boolean("add_prefix_space", absent: true) { steps.append(.prefixSpace) }
                if try member.boolean("use_regex", absent: true) { steps.append(.split(.gpt2)) }
            case (_, _): throw try member.unsupportedType(Self.supported)
            }
        }
        guard !members.isEmpty else {
            throw field.failure(.unsupported("an empty Sequence", supported: Self.supported))
        }
        self.steps = steps
    }

    private static func pattern(of split: TokenizerField) throws(TokenizerError) -> SplitPattern {
        let behaviour = try split.required("behavior")
        guard try behaviour.string == "Isolated" else {
            throw behaviour.unsupported("\"Isolated\"")
        }
        if try split.boolean("invert", absent: false) {
            throw try split.required("invert").unsupported("false")
        }
        let field = try split.required("pattern")
        guard let expression = try field.optional("Regex")?.string,
            let pattern = SplitPattern.allCases.first(where: {
                $0.expression.utf8.elementsEqual(expression.utf8)
            })
        else {
            let supported = SplitPattern.allCases.map(\.expression).joined(separator: " and ")
            throw field.unsupported("the Regex \(supported)")
        }
        return pattern
    }
}
