/// Changes a text before it is divided: the component `normalizer`.
indirect enum Normaliser: Sendable {
    /// One of Unicode's four forms.
    case form(UnicodeForm)
    case lowercase
    /// Takes away white space at the beginning, at the end, or at both.
    case strip(left: Bool, right: Bool)
    /// Puts a text in front of every text that is not empty.
    case prepend(String)
    case replace(Pattern, by: String)
    case precompiled(CharacterMap)
    /// One after another.
    case sequence([Normaliser])

    /// The text as the next component sees it.
    func normalised(_ text: TextPart) -> TextPart {
        switch self {
        case .form(let form): form.normalised(text)
        case .lowercase: Self.lowercased(text)
        case .strip(let left, let right): Self.stripped(text, left: left, right: right)
        case .prepend(let prefix): text.bytes.isEmpty ? text : text.prefixed(with: prefix)
        case .replace(let pattern, let replacement): text.replacing(pattern, by: replacement)
        case .precompiled(let map): map.normalised(text)
        case .sequence(let normalisers): normalisers.reduce(text) { $1.normalised($0) }
        }
    }

    private static func lowercased(_ text: TextPart) -> TextPart {
        var edit = TextEdit(of: text)
        var place = text.bytes.startIndex
        while let next = text.bytes.scalar(at: place) {
            edit.append(Array(next.scalar.properties.lowercaseMapping.utf8), for: place)
            place = next.end
        }
        return edit.result
    }

    private static func stripped(_ text: TextPart, left: Bool, right: Bool) -> TextPart {
        let bytes = text.bytes
        var (start, end) = (bytes.startIndex, bytes.endIndex)
        if left { start = bytes.endOfSpace(after: start) }
        if right { end = max(bytes.beginOfSpace(before: end), start) }
        return text[start..<end]
    }
}

extension Normaliser {
    private static let supported =
        "NFC, NFD, NFKC, NFKD, Precompiled, Replace, Prepend, Lowercase, Strip and Sequence"

    /// Reads the component `normalizer`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        switch try field.type {
        case "NFC": self = .form(.composed)
        case "NFD": self = .form(.decomposed)
        case "NFKC": self = .form(.compatiblyComposed)
        case "NFKD": self = .form(.compatiblyDecomposed)
        case "Lowercase": self = .lowercase
        case "Strip":
            self = .strip(
                left: try field.boolean("strip_left", absent: true),
                right: try field.boolean("strip_right", absent: true))
        case "Prepend": self = .prepend(try field.required("prepend").string)
        case "Replace":
            self = .replace(try Pattern(field.required("pattern")), by: try field.required("content").string)
        case "Precompiled": self = .precompiled(try CharacterMap(field.required("precompiled_charsmap")))
        case "Sequence":
            var members: [Normaliser] = []
            for member in try field.required("normalizers").elements {
                members.append(try Normaliser(member))
            }
            self = .sequence(members)
        default: throw try field.unsupportedType(Self.supported)
        }
    }
}

extension TextPart {
    /// The part with a text in front, which counts as a part of its first character.
    func prefixed(with prefix: String) -> TextPart {
        var edit = TextEdit(of: self)
        edit.append(Array(prefix.utf8), for: bytes.startIndex)
        edit.keep(bytes.indices)
        return edit.result
    }

    /// The part with another text for every match, which counts as a part of the match's last byte.
    func replacing(_ pattern: Pattern, by replacement: String) -> TextPart {
        var edit = TextEdit(of: self)
        for stretch in pattern.stretches(of: bytes) {
            if stretch.isMatch {
                let last = max(stretch.range.upperBound - 1, bytes.startIndex)
                edit.append(Array(replacement.utf8), for: last)
            } else {
                edit.keep(stretch.range)
            }
        }
        return edit.result
    }
}
