/// What the patterns of pre-tokenizers tell characters apart by.
enum ScalarKind {
    case space, letter, number, other

    /// `\s`, `\p{L}`, `\p{N}` or none of them.
    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isWhitespace {
            self = .space
            return
        }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = properties.isKnownToPatterns ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber:
            self = properties.isKnownToPatterns ? .number : .other
        default:
            self = .other
        }
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the character is as old as Unicode 16, the version of the references' regular expressions; the standard
    /// library may know later ones.
    fileprivate var isKnownToPatterns: Bool { age.map { $0.major <= 16 } ?? false }
}
