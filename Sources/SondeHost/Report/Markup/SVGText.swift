/// Words of a drawing.
struct SVGText {
    /// How a text is set.
    enum Style {
        case title, heading, label, tick, value

        /// Font size in CSS pixels.
        var size: Double {
            switch self {
            case .title: 14
            case .heading: 12
            case .label: 11.5
            case .tick: 11
            case .value: 10
            }
        }

        fileprivate var role: String {
            switch self {
            case .title: "figure-title"
            case .heading: "axis-title"
            case .label: "label"
            case .tick: "tick-label"
            case .value: "value"
            }
        }

        fileprivate var weight: String? { self == .title ? "600" : nil }
        fileprivate var colour: String {
            switch self {
            case .title, .label: Palette.ink
            case .heading, .tick, .value: Palette.quietInk
            }
        }
    }

    /// Which end of the text stands at its place.
    enum Anchor: String {
        case start, middle, end
    }

    /// A text of one line; shortened with an ellipsis, and then with the whole text on pointing at it, to fit `width`.
    static func line(
        _ text: String, at place: CanvasPoint, style: Style, anchor: Anchor = .start, colour: String? = nil,
        toFit width: Double? = nil, rotation: Double = 0, isBold: Bool = false
    ) -> Markup {
        let whole = VisibleText.line(text)
        let shown = width.map { TextWidth.shortened(whole, size: style.size, toFit: $0) } ?? whole
        let (x, y) = (NumberText.coordinate(place.x), NumberText.coordinate(place.y))
        return .element(
            "text",
            [
                "class": style.role, "x": x, "y": y, "font-size": NumberText.coordinate(style.size),
                "font-weight": isBold ? "600" : style.weight, "fill": colour ?? style.colour,
                "unicode-bidi": runsRightToLeft(shown) ? "plaintext" : nil,
                "text-anchor": anchor == .start ? nil : anchor.rawValue,
                "transform": rotation == 0 ? nil : "rotate(\(NumberText.coordinate(rotation)) \(x) \(y))",
            ],
            (shown == whole ? [] : [.element("title", text: whole)]) + [.text(shown)])
    }

    /// Whether a text has letters of Hebrew, Arabic and their neighbours, whose order must follow the text itself.
    private static func runsRightToLeft(_ text: String) -> Bool {
        text.unicodeScalars.contains { 0x590...0x8FF ~= $0.value || 0xFB1D...0xFEFC ~= $0.value }
    }

    /// The width of a text, with a little room for the reader's font.
    static func width(of text: String, style: Style) -> Double {
        TextWidth.of(VisibleText.line(text), size: style.size) * (style == .title ? 1.12 : 1.04)
    }
}
