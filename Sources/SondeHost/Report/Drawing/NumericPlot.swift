import SondeSDK

/// A plot of one number against another.
struct NumericPlot {
    let area: CanvasFrame
    private let horizontal: LinearScale
    private let vertical: LinearScale
    private let figure: Figure
    private let baseline: BaselineMark?

    private static let plotHeight = 270.0

    init(figure: Figure, points: [FigureContent.Point], width: Double) {
        self.figure = figure
        baseline = BaselineMark(figure.baseline)
        let drawn = points.filter(\.isDrawable)
        let top = Axis.verticalTitle(figure.verticalLabel, width: width).height
        vertical = LinearScale(
            covering: drawn.flatMap(\.heights) + (baseline.map { [$0.baseline.value] } ?? []),
            from: top + Self.plotHeight, to: top, spacing: 48, extent: LinearScale.Extent(clearance: (5, 5)))
        let left = Axis.labelWidth(of: vertical) + 10
        let right = width - (baseline?.rightMargin ?? 16)
        area = CanvasFrame(left: left, top: top, right: right, bottom: top + Self.plotHeight)
        horizontal = LinearScale(
            covering: drawn.map(\.x), from: left, to: right, spacing: 70,
            extent: LinearScale.Extent(
                hasWholeTicks: drawn.allSatisfy { $0.x == $0.x.rounded() }, clearance: (6, 6)))
    }

    /// The place of a pair of numbers.
    func place(x: Double, y: Double) -> CanvasPoint {
        CanvasPoint(horizontal.position(of: x), vertical.position(of: y))
    }

    /// The marks in their axes.
    func drawing(marks: [Markup]) -> Drawing {
        let title = Axis.verticalTitle(figure.verticalLabel, width: area.right)
        let below = Axis.horizontalTitle(figure.horizontalLabel, below: area, at: area.bottom + 36)
        let level = baseline.map { [$0.level(scale: vertical, area: area)] } ?? []
        return Drawing(
            height: area.bottom + (below.isEmpty ? 24 : 42),
            elements: title.elements + Axis.vertical(vertical, area: area)
                + Axis.horizontal(horizontal, area: area) + level + marks + below)
    }
}

extension FigureContent.Point {
    /// Whether a drawing has a place for it.
    var isDrawable: Bool { x.isDrawable && y.isDrawable }

    /// Its value and the ends of its interval, as far as they can be drawn.
    var heights: [Double] { [y, lower, upper].compactMap(\.self).filter(\.isDrawable) }

    /// Its name, place and interval in words.
    func sentence(series: String) -> String {
        let names = [series, label ?? ""].filter { !$0.isEmpty }
        let place = "\(NumberText.readable(x)) → \(IntervalMark(value: y, lower: lower, upper: upper).text)"
        return names.isEmpty ? place : names.joined(separator: ", ") + ": " + place
    }
}
