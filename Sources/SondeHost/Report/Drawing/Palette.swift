/// Colours and signs of a drawing, readable in light print and by colour-blind readers.
enum Palette {
    /// Titles and labels.
    static let ink = "#1f2328"
    /// Numbers on axes, headings.
    static let quietInk = "#57606a"
    /// Axes.
    static let axis = "#8c959f"
    /// Grid lines.
    static let grid = "#e4e7eb"
    /// Levels to compare with.
    static let baseline = "#8a1c1c"
    /// The page.
    static let paper = "#ffffff"

    /// The colour of a series.
    ///
    /// Okabe and Ito's palette (Color Universal Design, 2008) without its yellow, which is too light for print.
    static func colour(ofSeries index: Int) -> String { series[index % series.count] }

    /// The dashes of a series: another pattern each time the colours begin anew, since colours alone would repeat.
    static func dashes(ofSeries index: Int) -> String? { patterns[(index / series.count) % patterns.count] }

    private static let series = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5b5b5b", "#7a4b00",
    ]
    private static let patterns: [String?] = [nil, "6 3", "2 3", "8 3 2 3"]
}

/// The sign of a point; series differ in it as well as in colour.
enum Marker: CaseIterable {
    case circle, square, triangle, diamond

    /// The marker of a series.
    static func ofSeries(_ index: Int) -> Marker { allCases[index % allCases.count] }

    /// The sign around a place.
    func drawn(at centre: CanvasPoint, radius: Double, colour: String) -> Markup {
        let (x, y, r) = (centre.x, centre.y, radius)
        let outline: [CanvasPoint] =
            switch self {
            case .circle:
                []
            case .square:
                [
                    CanvasPoint(x - r, y - r), CanvasPoint(x + r, y - r), CanvasPoint(x + r, y + r),
                    CanvasPoint(x - r, y + r),
                ]
            case .triangle:
                [
                    CanvasPoint(x, y - r * 1.25), CanvasPoint(x + r * 1.15, y + r * 0.8),
                    CanvasPoint(x - r * 1.15, y + r * 0.8),
                ]
            case .diamond:
                [
                    CanvasPoint(x, y - r * 1.3), CanvasPoint(x + r * 1.3, y), CanvasPoint(x, y + r * 1.3),
                    CanvasPoint(x - r * 1.3, y),
                ]
            }
        guard outline.isEmpty else { return SVGShape.polygon(outline, role: "marker", fill: colour) }
        return .element(
            "circle",
            [
                "class": "marker", "cx": NumberText.coordinate(x), "cy": NumberText.coordinate(y),
                "r": NumberText.coordinate(r), "fill": colour,
            ])
    }
}
