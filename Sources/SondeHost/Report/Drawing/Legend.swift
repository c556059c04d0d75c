/// What the colours and signs of a figure mean, in rows above it.
struct Legend {
    /// One meaning.
    struct Entry {
        /// How the sign looks.
        enum Sign {
            case block
            case line(dashes: String?)
            case point
            case outline
        }

        var label: String
        var series: Int
        var sign: Sign
    }

    var entries: [Entry]

    /// The entries of named series; none for a single series without a name.
    static func entries(ofSeries names: [String], sign: (Int) -> Entry.Sign) -> [Entry] {
        guard names.contains(where: { !$0.isEmpty }) else { return [] }
        return names.enumerated().map { Entry(label: $1, series: $0, sign: sign($0)) }
    }

    /// The entries in as many rows as they need.
    func drawing(width: Double) -> Drawing {
        guard !entries.isEmpty else { return Drawing(height: 0, elements: []) }
        var (x, y) = (0.0, 11.0)
        var elements: [Markup] = []
        for entry in entries {
            let room = min(SVGText.width(of: entry.label, style: .label), width - signWidth)
            if x > 0, x + signWidth + room > width { (x, y) = (0, y + rowHeight) }
            elements.append(sign(of: entry, at: CanvasPoint(x, y)))
            elements.append(
                SVGText.line(entry.label, at: CanvasPoint(x + signWidth, y), style: .label, toFit: room))
            x += signWidth + room + 18
        }
        return Drawing(height: y + 14, elements: [SVGShape.group("legend", elements)])
    }

    private let signWidth = 24.0
    private let rowHeight = 18.0

    private func sign(of entry: Entry, at place: CanvasPoint) -> Markup {
        let colour = Palette.colour(ofSeries: entry.series)
        let frame = CanvasFrame(left: place.x + 4, top: place.y - 9, right: place.x + 18, bottom: place.y + 1)
        let middle = CanvasPoint(place.x + 10, place.y - 4)
        let marker = Marker.ofSeries(entry.series)
        switch entry.sign {
        case .block: return SVGShape.rectangle(frame, role: "legend-sign", fill: colour)
        case .point: return marker.drawn(at: middle, radius: 4, colour: colour)
        case .outline:
            return SVGShape.rectangle(
                frame, role: "legend-sign", fill: Palette.paper, stroke: Palette.ink, thickness: 1.6,
                rounding: 3)
        case .line(let dashes):
            let ends = (CanvasPoint(place.x, middle.y), CanvasPoint(place.x + 20, middle.y))
            return SVGShape.group(
                "legend-sign",
                [
                    SVGShape.line(
                        from: ends.0, to: ends.1, role: "line", colour: colour, thickness: 2, dashes: dashes),
                    marker.drawn(at: middle, radius: 3, colour: colour),
                ])
        }
    }
}
