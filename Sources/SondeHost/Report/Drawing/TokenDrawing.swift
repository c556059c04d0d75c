import SondeSDK

/// Rows of tokens: the row's name, the token it began as, and its tokens shaded by their numbers.
struct TokenDrawing: FigureBody {
    let figure: Figure
    let rows: [FigureContent.TokenRow]
    private let scale: ColourScale
    private let digits: Int

    init(figure: Figure, rows: [FigureContent.TokenRow]) {
        self.figure = figure
        self.rows = rows
        let values = rows.flatMap(\.tokens).map(\.value)
        scale = ColourScale(covering: values)
        let largest = values.filter(\.isDrawable).map(abs).max() ?? 0
        digits = largest >= 100 ? 0 : largest >= 10 ? 1 : 2
    }

    var isEmpty: Bool { rows.isEmpty }

    var summary: String {
        let parts = rows.map { row -> String in
            let origin = row.origin.map { " began as \(VisibleText.token($0))" } ?? ""
            let tokens = row.tokens.map { "\(VisibleText.token($0.text)) \(number($0))" }
            return "\(row.label)\(origin): \(tokens.joined(separator: ", "))."
        }
        return "Tokens: \(rows.count) rows. " + parts.joined(separator: " ")
    }

    var legend: [Legend.Entry] {
        let staysItself = rows.contains { row in row.tokens.contains { $0.text == row.origin } }
        return staysItself ? [Legend.Entry(label: "the token it began as", series: 0, sign: .outline)] : []
    }

    func drawing(width: Double) -> Drawing {
        let columns = Columns(rows: rows, width: width)
        var y = ColourKey.height + 20
        var elements = ColourKey(scale: scale, label: figure.horizontalLabel).drawn(right: width)
        elements += header(columns, at: y - 8)
        for row in rows {
            let lines = max(1, (row.tokens.count + columns.perLine - 1) / columns.perLine)
            elements.append(drawn(row, columns, at: y))
            y += Double(lines) * lineHeight + rowGap
        }
        return Drawing(height: y + 2, elements: elements)
    }

    private let chipHeight = 20.0
    private let lineHeight = 23.0
    private let rowGap = 2.0

    private func header(_ columns: Columns, at y: Double) -> [Markup] {
        let name = SVGText.line(
            figure.verticalLabel, at: CanvasPoint(0, y), style: .heading, toFit: columns.origin - 8)
        let origin =
            columns.hasOrigin
            ? [SVGText.line("began as", at: CanvasPoint(columns.origin, y), style: .heading)] : []
        let order = rows.contains { !$0.tokens.isEmpty } ? "tokens, in order" : ""
        return [name] + origin + [SVGText.line(order, at: CanvasPoint(columns.tokens, y), style: .heading)]
    }

    private func drawn(_ row: FigureContent.TokenRow, _ columns: Columns, at top: Double) -> Markup {
        let text = top + 14
        let name = SVGText.line(
            row.label, at: CanvasPoint(0, text), style: .tick, colour: Palette.ink, toFit: columns.origin - 10
        )
        let origin = row.origin.map { token in
            [
                SVGText.line(
                    VisibleText.token(token), at: CanvasPoint(columns.origin, text), style: .label,
                    toFit: columns.tokens - columns.origin - 24),
                SVGText.line(
                    "→", at: CanvasPoint(columns.tokens - 12, text), style: .label, anchor: .middle,
                    colour: Palette.axis),
            ]
        }
        let chips = row.tokens.enumerated().map { index, token in
            let place = CanvasPoint(
                columns.tokens + Double(index % columns.perLine) * columns.chip,
                top + Double(index / columns.perLine) * lineHeight)
            return chip(token, isOrigin: token.text == row.origin, width: columns.chip - 4, at: place)
        }
        return SVGShape.group("token-row", [name] + (origin ?? []) + chips)
    }

    private func chip(
        _ token: FigureContent.TokenRow.Token, isOrigin: Bool, width: Double, at place: CanvasPoint
    ) -> Markup {
        let shade =
            token.value.isDrawable
            ? scale.shade(of: token.value) : ColourScale.Shade(fill: Palette.paper, ink: Palette.ink)
        let frame = CanvasFrame(
            left: place.x, top: place.y, right: place.x + width, bottom: place.y + chipHeight)
        let shown = VisibleText.token(token.text)
        let room = width - SVGText.width(of: number(token), style: .value) - 16
        return SVGShape.group(
            "chip", tooltip: "\(shown) \(NumberText.readable(token.value))",
            [
                SVGShape.rectangle(
                    frame, role: isOrigin ? "token origin" : "token", fill: shade.fill,
                    stroke: isOrigin ? Palette.ink : Palette.grid, thickness: isOrigin ? 1.6 : 1, rounding: 3),
                SVGText.line(
                    shown, at: CanvasPoint(frame.left + 6, frame.top + 14), style: .label, colour: shade.ink,
                    toFit: room),
                SVGText.line(
                    number(token), at: CanvasPoint(frame.right - 6, frame.top + 13.5), style: .value,
                    anchor: .end,
                    colour: shade.ink),
            ])
    }

    private func number(_ token: FigureContent.TokenRow.Token) -> String {
        NumberText.fixed(token.value, digits: digits)
    }

    /// Where names, origins and tokens begin, and how many tokens share a line.
    private struct Columns {
        let hasOrigin: Bool
        let origin: Double
        let tokens: Double
        let perLine: Int
        let chip: Double

        init(rows: [FigureContent.TokenRow], width: Double) {
            let names = rows.map { SVGText.width(of: $0.label, style: .tick) }.max() ?? 0
            let origins = rows.compactMap(\.origin).map {
                SVGText.width(of: VisibleText.token($0), style: .label)
            }
            hasOrigin = !origins.isEmpty
            origin = max(min(names, width * 0.25), 36) + 12
            tokens = origin + (hasOrigin ? min(max(origins.max() ?? 0, 48), width * 0.2) + 26 : 0)
            perLine = min(max(rows.map(\.tokens.count).max() ?? 1, 1), 6)
            chip = min((width - tokens + 4) / Double(perLine), 150)
        }
    }
}
