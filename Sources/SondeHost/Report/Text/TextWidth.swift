/// How wide a text will be on a page, estimated without a font at hand.
///
/// The widths are those of Helvetica, whose metrics Arial and Liberation Sans share; other scripts are estimated
/// by their display width. Drawings leave a margin, since the reader's font may differ.
enum TextWidth {
    /// The width of a text set at `size`, in the units of `size`.
    static func of(_ text: String, size: Double) -> Double {
        text.reduce(0) { $0 + thousandths(of: $1) } * size / 1000
    }

    /// The text, or as much of its beginning as fits `width` with an ellipsis after it.
    static func shortened(_ text: String, size: Double, toFit width: Double) -> String {
        guard of(text, size: size) > width else { return text }
        var remaining = width - of("…", size: size)
        var kept = ""
        for character in text {
            remaining -= thousandths(of: character) * size / 1000
            guard remaining >= 0 else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text broken at spaces into lines no wider than `width`; the last line allowed is shortened.
    static func wrapped(_ text: String, size: Double, width: Double, lines limit: Int) -> [String] {
        var lines: [String] = []
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)[...]
        while let first = words.popFirst() {
            var line = first
            while let next = words.first, of(line + " " + next, size: size) <= width {
                line += " " + next
                words = words.dropFirst()
            }
            if lines.count + 1 == limit {
                line = ([line] + words).joined(separator: " ")
                words = []
            }
            lines.append(shortened(line, size: size, toFit: width))
        }
        return lines
    }

    private static func thousandths(of character: Character) -> Double {
        if let ascii = character.asciiValue, ascii >= 32, ascii < 127 { return helvetica[Int(ascii) - 32] }
        switch DisplayWidth.columns(of: character) {
        case 0: return 0
        case 1: return 610
        default: return 1050
        }
    }

    /// Advance widths of the characters 32 to 126, in thousandths of the font size (Adobe's Helvetica metrics).
    private static let helvetica: [Double] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]
}
