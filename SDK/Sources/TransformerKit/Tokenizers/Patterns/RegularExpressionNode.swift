/// A part of a regular expression.
indirect enum RegularExpressionNode {
    /// How often repetition prefers to go on.
    enum Preference {
        /// As often as possible, less often where that fails.
        case greedy
        /// As seldom as possible.
        case lazy
        /// As often as possible and never less.
        case possessive
    }

    /// A condition on a place.
    enum Anchor {
        case lineStart, lineEnd, textStart, textEnd
        /// The end of the text, or before a line feed that ends it.
        case lastLineEnd
        case wordBoundary, noWordBoundary
    }

    case set(ScalarSet)
    case sequence([RegularExpressionNode])
    /// The first that leads to a match counts.
    case alternatives([RegularExpressionNode])
    case repetition(RegularExpressionNode, minimum: Int, maximum: Int?, Preference)
    /// Whether something matches behind or before a place, without taking it.
    case look(RegularExpressionNode, isAhead: Bool, isNegative: Bool)
    /// Of the ways to match only the first.
    case atomic(RegularExpressionNode)
    case anchor(Anchor)

    /// Whether this can match without taking a character.
    var canBeEmpty: Bool {
        switch self {
        case .set: false
        case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
        case .alternatives(let choices): choices.contains(where: \.canBeEmpty)
        case .repetition(let part, let minimum, _, _): minimum == 0 || part.canBeEmpty
        case .look, .anchor: true
        case .atomic(let part): part.canBeEmpty
        }
    }
}
