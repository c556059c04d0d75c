/// A property of characters by which regular expressions name them, as Oniguruma 6.9.10 has it.
///
/// That version knows Unicode 16; the standard library may know later characters, which are unassigned here.
enum ScalarProperty: Hashable {
    case categories(Set<Unicode.GeneralCategory>)
    case alphabetic
    case lowercase
    case uppercase
    case space
    /// A letter, mark, digit or connector of words: `\w` within a set.
    case word
    /// The same, or one of Latin-1's other numbers: `\w` alone, for which Oniguruma looks Latin-1 up in another table.
    case wordOrNumber

    /// Whether a character has the property.
    func holds(for scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        let isKnown = properties.isKnown(toUnicode: 16)
        return switch self {
        case .categories(let categories):
            categories.contains(isKnown ? properties.generalCategory : .unassigned)
        case .alphabetic: isKnown && properties.isAlphabetic
        case .lowercase: isKnown && properties.isLowercase
        case .uppercase: isKnown && properties.isUppercase
        case .space: properties.isWhitespace
        case .word: isKnown && Self.isInWord(scalar)
        case .wordOrNumber: Self.numbersInWords.contains(scalar) || isKnown && Self.isInWord(scalar)
        }
    }

    /// Whether of two letters that are the same but for case only one may have the property.
    var dependsOnCase: Bool {
        switch self {
        case .categories(let categories): ![0, 3].contains(categories.intersection(Self.cased).count)
        case .lowercase, .uppercase: true
        case .alphabetic, .space, .word, .wordOrNumber: false
        }
    }

    private static let cased: Set<Unicode.GeneralCategory> = [
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter,
    ]

    private static let numbersInWords: Set<Unicode.Scalar> = ["²", "³", "¹", "¼", "½", "¾"]

    fileprivate static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || wordCategories.contains(scalar.properties.generalCategory)
    }

    private static let wordCategories: Set<Unicode.GeneralCategory> = [
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation,
    ]
}

extension ScalarProperty {
    /// The property of a name as in `\p{L}`, `\p{Uppercase_Letter}` or `[:alpha:]`, or nil for others, among them scripts.
    init?(name: String) {
        let plain = name.lowercased().filter { !" _-".contains($0) }
        switch plain {
        case "alpha", "alphabetic": self = .alphabetic
        case "lower", "lowercase": self = .lowercase
        case "upper", "uppercase": self = .uppercase
        case "space", "whitespace": self = .space
        case "word": self = .word
        case "digit": self = .categories([.decimalNumber])
        case "cntrl": self = .categories([.control])
        case "punct": self = .categories(Set(Self.categories(of: "p") + Self.categories(of: "s")))
        default:
            let short = Self.longNames[plain] ?? plain
            let categories = Self.categories(of: short)
            guard !categories.isEmpty else { return nil }
            self = .categories(Set(categories))
        }
    }

    /// The categories of a short name: two letters, or one for all that begin with it.
    private static func categories(of name: String) -> [Unicode.GeneralCategory] {
        shortNames.filter { $0.name == name || name.count == 1 && $0.name.hasPrefix(name) }.map(\.category)
    }

    private static let shortNames: [(name: String, category: Unicode.GeneralCategory)] = [
        ("lu", .uppercaseLetter), ("ll", .lowercaseLetter), ("lt", .titlecaseLetter), ("lm", .modifierLetter),
        ("lo", .otherLetter), ("mn", .nonspacingMark), ("mc", .spacingMark), ("me", .enclosingMark),
        ("nd", .decimalNumber), ("nl", .letterNumber), ("no", .otherNumber), ("pc", .connectorPunctuation),
        ("pd", .dashPunctuation), ("ps", .openPunctuation), ("pe", .closePunctuation),
        ("pi", .initialPunctuation), ("pf", .finalPunctuation), ("po", .otherPunctuation),
        ("sm", .mathSymbol), ("sc", .currencySymbol), ("sk", .modifierSymbol), ("so", .otherSymbol),
        ("zs", .spaceSeparator), ("zl", .lineSeparator), ("zp", .paragraphSeparator), ("cc", .control),
        ("cf", .format), ("cs", .surrogate), ("co", .privateUse), ("cn", .unassigned),
    ]

    private static let longNames = [
        "letter": "l", "uppercaseletter": "lu", "lowercaseletter": "ll", "titlecaseletter": "lt",
        "modifierletter": "lm", "otherletter": "lo", "mark": "m", "nonspacingmark": "mn", "spacingmark": "mc",
        "enclosingmark": "me", "number": "n", "decimalnumber": "nd", "letternumber": "nl",
        "othernumber": "no",
        "punctuation": "p", "connectorpunctuation": "pc", "dashpunctuation": "pd", "openpunctuation": "ps",
        "closepunctuation": "pe", "initialpunctuation": "pi", "finalpunctuation": "pf",
        "otherpunctuation": "po", "symbol": "s", "mathsymbol": "sm", "currencysymbol": "sc",
        "modifiersymbol": "sk", "othersymbol": "so", "separator": "z", "spaceseparator": "zs",
        "lineseparator": "zl", "paragraphseparator": "zp", "other": "c", "control": "cc", "format": "cf",
        "surrogate": "cs", "privateuse": "co", "unassigned": "cn",
    ]
}

extension Unicode.Scalar.Properties {
    /// Whether the character is as old as a version of Unicode.
    func isKnown(toUnicode version: Int) -> Bool { age.map { $0.major <= version } ?? false }
}

extension Unicode.Scalar {
    /// Whether the character is one of `\w` as Unicode's Technical Standard 18 defines it, for Unicode 16.
    var isPartOfWord: Bool {
        properties.isKnown(toUnicode: 16) && (ScalarProperty.isInWord(self) || properties.isJoinControl)
    }
}
