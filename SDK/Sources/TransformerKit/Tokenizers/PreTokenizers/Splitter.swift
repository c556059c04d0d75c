/// Divides a text where a pattern matches.
struct Splitter {
    /// What becomes of the matches.
    private enum Behaviour: String, CaseIterable {
        case removed = "Removed"
        /// Each is a part of its own.
        case isolated = "Isolated"
        /// Each joins the part before it, unless that ends with a match.
        case mergedWithPrevious = "MergedWithPrevious"
        /// Each joins the part after it, unless that begins with a match.
        case mergedWithNext = "MergedWithNext"
        /// Neighbouring matches are one part.
        case contiguous = "Contiguous"
    }

    private let pattern: Pattern
    private let behaviour: Behaviour
    /// Whether what stands between matches counts as the match.
    private let isInverted: Bool

    private init(_ pattern: Pattern, _ behaviour: Behaviour, isInverted: Bool = false) {
        self.pattern = pattern
        self.behaviour = behaviour
        self.isInverted = isInverted
    }

    /// Reads a component `Split`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        let name = try field.required("behavior")
        guard let behaviour = Behaviour(rawValue: try name.string) else {
            throw name.unsupported(Behaviour.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.init(
            try Pattern(field.required("pattern")), behaviour,
            isInverted: try field.boolean("invert", absent: false))
    }

    /// The parts of a text, without empty ones.
    func parts(of text: TextPart) -> [TextPart] {
        var stretches = pattern.stretches(of: text.bytes)
        if isInverted { for index in stretches.indices { stretches[index].isMatch.toggle() } }
        return ranges(of: stretches).compactMap { $0.isEmpty ? nil : text[$0] }
    }

    private func ranges(of stretches: [Pattern.Stretch]) -> [Range<Int>] {
        switch behaviour {
        case .removed: return stretches.filter { !$0.isMatch }.map(\.range)
        case .isolated: return stretches.map(\.range)
        case .contiguous: return Self.merged(stretches) { $0 == $1 }
        case .mergedWithPrevious: return Self.merged(stretches) { !$0 && $1 }
        case .mergedWithNext: return Self.merged(stretches) { $0 && !$1 }
        }
    }

    /// Ranges in which neighbours are joined, as a rule says that knows which of two are matches.
    private static func merged(
        _ stretches: [Pattern.Stretch], _ areJoined: (Bool, Bool) -> Bool
    ) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, stretch) in stretches.enumerated() {
            if let last = ranges.last, areJoined(stretches[index - 1].isMatch, stretch.isMatch) {
                ranges[ranges.count - 1] = last.lowerBound..<stretch.range.upperBound
            } else {
                ranges.append(stretch.range)
            }
        }
        return ranges
    }
}

extension Splitter {
    /// Divides before a character.
    static func before(_ character: Unicode.Scalar) -> Splitter {
        Splitter(Pattern(character), .mergedWithNext)
    }

    /// Divides at white space and drops it.
    static let whiteSpace = Splitter(.known(#"\s"#), .removed)

    /// GPT-2's contractions, and runs of letters, of numbers, of other characters and of white space.
    static let gpt2 = Splitter(
        .known(#"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#), .isolated)
}
