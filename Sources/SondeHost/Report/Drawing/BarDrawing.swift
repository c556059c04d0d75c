import SondeSDK

/// Bars with intervals, grouped; bars of one series share a colour.
struct BarDrawing: FigureBody {
    let figure: Figure
    let bars: [FigureContent.Bar]

    private let groups: [String]
    private let series: [String]

    init(figure: Figure, bars: [FigureContent.Bar]) {
        self.figure = figure
        self.bars = bars
        groups = bars.map(\.group).withoutRepetitions()
        series = bars.map(\.series).withoutRepetitions()
    }

    var isEmpty: Bool { bars.isEmpty }

    var summary: String {
        "Bars: \(groups.count) groups by \(series.count) series. \(bars.map(Self.sentence).joined(separator: " "))"
    }

    var legend: [Legend.Entry] { Legend.entries(ofSeries: series) { _ in .block } }

    func drawing(width: Double) -> Drawing {
        let plot = CategoryPlot(
            CategoryPlot.Request(
                figure: figure, categories: groups, marks: series.count,
                values: bars.flatMap { [$0.value, $0.lower, $0.upper].compactMap(\.self) },
                includesZero: true,
                clearance: (upright: 18, lying: 40), width: width))
        let groupIndex = groups.indexByElement()
        let seriesIndex = series.indexByElement()
        let marks = bars.map { bar in
            let mark = seriesIndex[bar.series] ?? 0
            let middle = plot.bands.middle(of: groupIndex[bar.group] ?? 0, mark: mark)
            return drawn(bar, in: plot, along: middle, colour: Palette.colour(ofSeries: mark))
        }
        return plot.drawing(marks: marks)
    }

    private func drawn(
        _ bar: FigureContent.Bar, in plot: CategoryPlot, along middle: Double, colour: String
    ) -> Markup {
        guard bar.value.isDrawable else {
            let place = plot.place(along: middle, value: 0)
            return SVGText.line(
                NumberText.missing, at: CanvasPoint(place.x, place.y - 4), style: .value, anchor: .middle)
        }
        let breadth = plot.bands.breadth
        let body = SVGShape.rectangle(
            plot.frame(along: middle, breadth: max(breadth - 1.5, 1), from: 0, to: bar.value), role: "bar",
            fill: colour)
        let interval = IntervalMark(value: bar.value, lower: bar.lower, upper: bar.upper)
        return SVGShape.group(
            "mark", tooltip: Self.sentence(bar),
            [body] + interval.drawn(in: plot, along: middle) + number(bar, in: plot, along: middle))
    }

    /// The value beyond the end of the bar, where there is room for it.
    private func number(_ bar: FigureContent.Bar, in plot: CategoryPlot, along middle: Double) -> [Markup] {
        let text = plot.scale.text(of: bar.value)
        let ends = [bar.value, bar.lower, bar.upper].compactMap(\.self).filter(\.isDrawable)
        let end = (bar.value < 0 ? ends.min() : ends.max()) ?? bar.value
        let place = plot.place(along: middle, value: end)
        let beyond = bar.value < 0 ? -1.0 : 1.0
        switch plot.orientation {
        case .upright:
            guard SVGText.width(of: text, style: .value) <= plot.bands.breadth else { return [] }
            let down = beyond > 0 ? -5.0 : 12.0
            return [
                SVGText.line(text, at: CanvasPoint(place.x, place.y + down), style: .value, anchor: .middle)
            ]
        case .lying:
            let anchor: SVGText.Anchor = beyond > 0 ? .start : .end
            let beside = CanvasPoint(place.x + beyond * 5, place.y + 3.5)
            return [SVGText.line(text, at: beside, style: .value, anchor: anchor)]
        }
    }

    private static func sentence(_ bar: FigureContent.Bar) -> String {
        let name = [bar.group, bar.series].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(name): \(IntervalMark(value: bar.value, lower: bar.lower, upper: bar.upper).text)."
    }
}
