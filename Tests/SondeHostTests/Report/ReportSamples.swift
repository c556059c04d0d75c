import SondeSDK

/// Figures of every kind for the tests of the report.
enum ReportSamples {
    /// The kinds of figure.
    enum Kind: String, CaseIterable {
        case bars, boxes, lines, points, heatMap, tokens
    }

    /// A figure of a kind with so many rows, `text` in every place that takes a text and `value` as its first number.
    static func figure(_ kind: Kind, rows: Int = 3, text: String = "name", value: Double = 0.5) -> Figure {
        Figure(
            title: "title \(text)", caption: "caption \(text)", horizontalLabel: "horizontal \(text)",
            verticalLabel: "vertical \(text)",
            baseline: Figure.Baseline(label: "baseline \(text)", value: 0.4),
            content: content(kind, rows: rows, text: text, value: value))
    }

    private static func content(_ kind: Kind, rows: Int, text: String, value: Double) -> FigureContent {
        let places = Array(0..<rows)
        func height(_ row: Int) -> Double { row == 0 ? value : 0.3 + 0.002 * Double(row) }
        let points = places.map { row in
            FigureContent.Point(
                x: Double(row), y: height(row), lower: height(row) - 0.05, upper: height(row) + 0.1,
                label: "point \(row) \(text)")
        }
        switch kind {
        case .bars:
            return .bars(
                places.flatMap { row in
                    ["tuned", "plain"].map { series in
                        FigureContent.Bar(
                            group: "group \(row) \(text)", series: "\(series) \(text)", value: height(row),
                            lower: height(row) - 0.05, upper: height(row) + 0.1)
                    }
                })
        case .boxes:
            return .boxes(
                places.map { row in
                    FigureContent.Box(
                        label: "box \(row) \(text)", summary: [0.1, 0.2, height(row), 0.9, 1].map { $0 * 2 })
                })
        case .lines: return .lines([FigureContent.Line(label: "line \(text)", points: points)])
        case .points: return .points([FigureContent.PointSeries(label: "series \(text)", points: points)])
        case .heatMap:
            return .heatMap(
                FigureContent.HeatMap(
                    rows: places.map { "row \($0) \(text)" }, columns: ["first \(text)", "second \(text)"],
                    values: places.map { [height($0), nil] }))
        case .tokens:
            return .tokens(
                places.map { row in
                    FigureContent.TokenRow(
                        label: "row \(row) \(text)", origin: " origin \(text)",
                        tokens: [FigureContent.TokenRow.Token(text: " token \(text)", value: height(row))])
                })
        }
    }

    /// A table with an interval, a difference below zero and texts.
    static let table = Table(
        title: "Accuracy",
        columns: [Table.Column("Task"), Table.Column("Tuned", digits: 2), Table.Column("n", digits: 0)],
        rows: [
            [.text("subjectivity"), .interval(0.88, 0.85, 0.912), .number(500)],
            [.text("polarity"), .interval(-0.004, -0.0512, 0.031), .number(1000)],
        ],
        note: "n test rows; 95 % intervals; majority class 0.52.")

    /// Texts that have broken pages, pictures, terminals and spreadsheets.
    static let hostileTexts = [
        "<script>alert(1)</script>", "]]> & \"quoted\" 'single'", "\u{1B}[31mred\u{7}\u{8}",
        "\u{0}\u{1}\u{1F}\u{7F}\u{85}",
        "\u{202E}reversed\u{2066}\u{200B}\u{FEFF}", "\u{FFFE}\u{FFFF}\u{2028}", "سلام עולם", "你好 👩‍👩‍👧 🇫🇷",
        "\u{301}\u{302}",
        "line\r\nbreak\tand tab", String(repeating: "very long ", count: 40), "",
    ]
}
