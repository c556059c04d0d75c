import SondeHost
import SondeSDK
import Testing

@Suite("Tables in a terminal")
struct ReportTableTextTests {
    @Test("align numbers to the right and texts to the left")
    func alignment() {
        #expect(
            TableText.rendered(ReportSamples.table) == """
                Accuracy
                Task                       Tuned     n
                ────────────  ──────────────────  ────
                subjectivity   0.88 [0.85, 0.91]   500
                polarity      0.00 [−0.05, 0.03]  1000
                n test rows; 95 % intervals; majority class 0.52.

                """)
    }

    @Test("count wide characters as two columns and marks as none")
    func displayWidth() {
        let table = Table(
            title: "t", columns: [Table.Column("token"), Table.Column("rank")],
            rows: [
                [.text("你好"), .text("x")], [.text("cafe\u{301}"), .text("x")], [.text("👩‍👩‍👧"), .text("x")],
                [.text("🇫🇷"), .text("x")],
            ], note: "")
        let lines = TableText.rendered(table).split(separator: "\n").dropFirst(3)
        #expect(lines == ["你好   x", "cafe\u{301}   x", "👩‍👩‍👧     x", "🇫🇷     x"])
    }

    @Test("send no escape sequence to the terminal unless colour is asked for")
    func escapeSequences() {
        var table = ReportSamples.table
        table.title = "\u{1B}]0;title\u{7}"
        table.columns[0].title = "\u{1B}[2J"
        table.rows[0][0] = .text("\u{1B}[31mred\u{9B}\u{202E}")
        table.note = "\u{1B}c"
        let plain = TableText.rendered(table)
        #expect(plain.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(plain.contains("⟨U+001B⟩[31mred⟨U+009B⟩⟨U+202E⟩"))
        let coloured = TableText.rendered(table, isColoured: true)
        let unpainted = ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m"].reduce(coloured) {
            $0.replacing($1, with: "")
        }
        #expect(coloured != plain && unpainted == plain)
    }

    @Test("shorten texts, never numbers, to fit the width")
    func width() {
        var table = ReportSamples.table
        table.rows[0][0] = .text(String(repeating: "long ", count: 30))
        let lines = TableText.rendered(table, width: 60).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 60 })
        #expect(lines[3].contains("…") && lines[3].hasSuffix(" 0.88 [0.85, 0.91]   500"))
    }

    @Test("show rows that are too short or too long, and a table without rows")
    func ragged() {
        let table = Table(
            title: "t", columns: [Table.Column("a"), Table.Column("b")],
            rows: [[.text("1")], [.text("1"), .text("2"), .text("3")]], note: "")
        #expect(TableText.rendered(table).hasSuffix("1\n1  2  3\n"))
        #expect(TableText.rendered(Table(title: "t", columns: [], rows: [], note: "")).hasPrefix("t\n"))
    }
}
