/// What the patterns of pre-tokenizers tell characters apart by.
enum ScalarKind {
    case space, letter, number, other

    /// `\s`, `\p{L}`, `\p{N}` or none of them.
    ///
    /// Letters and numbers are those of Unicode 16, like in the references' regular expressions: the standard library
    /// may know later ones, and a vocabulary was built without them.
    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isWhitespace {
            self = .space
            return
        }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = Self.isKnown(properties) ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber:
            self = Self.isKnown(properties) ? .number : .other
        default:
            self = .other
        }
    }

    private static func isKnown(_ properties: Unicode.Scalar.Properties) -> Bool {
        properties.age.map { $0.major <= 16 } ?? false
    }
}

extension Unicode.Scalar {
    /// Whether the character is one of `\w` as Unicode's Technical Standard 18 defines it.
    var isPartOfWord: Bool {
        if properties.isAlphabetic || properties.isJoinControl { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
        default: false
        }
    }
}
