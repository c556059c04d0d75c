/// Text made safe to show: what is invisible, or would disturb its surroundings, becomes a visible sign.
///
/// Model vocabularies hold control characters, direction overrides, lone combining marks and odd spaces; a reader
/// must see that they are there, and a page must stay well-formed around them.
enum VisibleText {
    /// Several lines: line breaks and tabs stay, everything else that cannot be seen is named.
    static func block(_ text: String) -> String {
        rewritten(text) { scalar in
            scalar == "\n" || scalar == "\t" ? String(scalar) : sign(for: scalar)
        }
    }

    /// One line: line breaks and tabs are shown as arrows.
    static func line(_ text: String) -> String {
        rewritten(text) { scalar in
            switch scalar {
            case "\n": "↵"
            case "\t": "⇥"
            default: sign(for: scalar)
            }
        }
    }

    /// A token: as ``line(_:)``, and spaces at its ends, other kinds of space and lone combining marks are seen too.
    static func token(_ text: String) -> String {
        guard !text.isEmpty else { return "∅" }
        let leading = text.prefix { $0 == " " }.count
        let trailing = leading == text.count ? 0 : text.reversed().prefix { $0 == " " }.count
        let core = line(String(text.dropFirst(leading).dropLast(trailing)))
        let seen = rewritten(core) { scalar in
            scalar != " " && scalar.properties.isWhitespace ? named(scalar) : nil
        }
        let combines = seen.unicodeScalars.first?.properties.generalCategory.isMark ?? false
        let spaces = (
            before: String(repeating: "␣", count: leading), after: String(repeating: "␣", count: trailing)
        )
        return spaces.before + (combines ? "◌" : "") + seen + spaces.after
    }

    private static func rewritten(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
        var result = String.UnicodeScalarView()
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if let sign = replacement(scalar) {
                result.append(contentsOf: sign.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The sign of a scalar that cannot be seen, `nil` for all others.
    private static func sign(for scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x20..<0x7F: return nil
        // Joiners and variation selectors shape Persian and emoji.
        case 0x200C, 0x200D, 0xFE00...0xFE0F: return nil
        default: break
        }
        let properties = scalar.properties
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: named(scalar)
        default: properties.isDefaultIgnorableCodePoint ? named(scalar) : nil
        }
    }

    private static func named(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
    }
}

extension Unicode.GeneralCategory {
    /// Whether characters of this category combine with the one before them.
    var isMark: Bool { self == .nonspacingMark || self == .spacingMark || self == .enclosingMark }
}
