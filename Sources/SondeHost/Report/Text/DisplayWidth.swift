/// How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for marks.
///
/// An approximation of Unicode Standard Annex 11 by blocks; terminals themselves differ in the rest.
enum DisplayWidth {
    /// Columns of a text.
    static func columns(of text: String) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one character.
    static func columns(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return 1 }
        if first.properties.generalCategory.isMark { return 0 }
        let asksForEmoji = character.unicodeScalars.contains("\u{FE0F}")
        return asksForEmoji || first.properties.isEmojiPresentation || isWide(first.value) ? 2 : 1
    }

    /// Whether a scalar lies in a block of wide characters.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

extension DisplayWidth {
    /// The text filled up with spaces to so many columns.
    static func padded(_ text: String, to columns: Int, toRight: Bool) -> String {
        let spaces = String(repeating: " ", count: max(0, columns - Self.columns(of: text)))
        return toRight ? spaces + text : text + spaces
    }

    /// The text, or as much of its beginning as fits so many columns with an ellipsis after it.
    static func shortened(_ text: String, to columns: Int) -> String {
        guard Self.columns(of: text) > columns else { return text }
        var kept = ""
        var remaining = columns - 1
        for character in text {
            remaining -= Self.columns(of: character)
            guard remaining >= 0 else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
