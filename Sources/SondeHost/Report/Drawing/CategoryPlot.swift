import SondeSDK

/// A plot of values by category, either way round.
///
/// It stands upright while the categories' names fit below it; otherwise it lies, one row under another, so that long
/// names and hundreds of categories stay readable.
struct CategoryPlot {
    /// Which way the values run.
    enum Orientation {
        case upright, lying
    }

    /// What is plotted, and how much room it asks for.
    struct Request {
        var figure: Figure
        var categories: [String]
        /// Marks side by side in each category.
        var marks: Int
        /// Everything that must lie inside the value axis.
        var values: [Double]
        var includesZero: Bool
        /// Room for numbers beyond the marks.
        var clearance: (upright: Double, lying: Double)
        var width: Double
    }

    let orientation: Orientation
    let area: CanvasFrame
    let scale: LinearScale
    let bands: BandScale
    private let figure: Figure
    private let categories: [String]
    private let baseline: BaselineMark?

    init(_ request: Request) {
        figure = request.figure
        categories = request.categories.map { VisibleText.line($0) }
        baseline = BaselineMark(request.figure.baseline)
        let values = request.values + (baseline.map { [$0.baseline.value] } ?? [])
        let upright = Self.upright(request, values: values, baseline: baseline)
        if let upright, Self.fits(categories, marks: request.marks, in: upright.bands.length) {
            (orientation, area, scale, bands) = (.upright, upright.area, upright.scale, upright.bands)
        } else {
            let lying = Self.lying(request, values: values, baseline: baseline)
            (orientation, area, scale, bands) = (.lying, lying.area, lying.scale, lying.bands)
        }
    }

    /// A rectangle between two values, `breadth` broad around a place on the category axis.
    func frame(along middle: Double, breadth: Double, from low: Double, to high: Double) -> CanvasFrame {
        let (first, second) = (scale.position(of: low), scale.position(of: high))
        let (near, far) = (min(first, second), max(first, second))
        return switch orientation {
        case .upright:
            CanvasFrame(left: middle - breadth / 2, top: near, right: middle + breadth / 2, bottom: far)
        case .lying:
            CanvasFrame(left: near, top: middle - breadth / 2, right: far, bottom: middle + breadth / 2)
        }
    }

    /// The place of a value.
    func place(along middle: Double, value: Double) -> CanvasPoint {
        let position = scale.position(of: value)
        return orientation == .upright ? CanvasPoint(middle, position) : CanvasPoint(position, middle)
    }

    /// A line across the value axis at a value, such as the cap of an interval.
    func cap(along middle: Double, breadth: Double, value: Double, role: String, thickness: Double = 1.2)
        -> Markup
    {
        SVGShape.line(
            from: place(along: middle - breadth / 2, value: value),
            to: place(along: middle + breadth / 2, value: value),
            role: role, colour: Palette.ink, thickness: thickness)
    }

    /// The marks in their axes.
    func drawing(marks: [Markup]) -> Drawing {
        switch orientation {
        case .upright: uprightDrawing(marks)
        case .lying: lyingDrawing(marks)
        }
    }
}

extension CategoryPlot {
    private typealias Layout = (area: CanvasFrame, scale: LinearScale, bands: BandScale)

    private static let plotHeight = 250.0
    private static let labelLine = 14.0

    private static func upright(_ request: Request, values: [Double], baseline: BaselineMark?) -> Layout? {
        guard request.categories.count * request.marks <= 60 else { return nil }
        let top = Axis.verticalTitle(request.figure.verticalLabel, width: request.width).height
        let scale = LinearScale(
            covering: values, from: top + plotHeight, to: top, spacing: 48,
            extent: extent(of: request, clearance: request.clearance.upright))
        let left = Axis.labelWidth(of: scale) + 10
        let right = request.width - (baseline?.rightMargin ?? 4)
        let area = CanvasFrame(left: left, top: top, right: right, bottom: top + plotHeight)
        let bands = BandScale(
            count: request.categories.count, marks: request.marks, start: left,
            length: area.width / Double(request.categories.count), broadest: 56)
        return (area, scale, bands)
    }

    private static func lying(_ request: Request, values: [Double], baseline: BaselineMark?) -> Layout {
        let widest = request.categories.map { SVGText.width(of: $0, style: .tick) }.max() ?? 0
        let left = min(widest, request.width * 0.34) + 10
        let right = request.width - 44
        let top =
            Axis.verticalTitle(request.figure.horizontalLabel, width: request.width).height
            + (baseline == nil ? 0 : BaselineMark.topMargin)
        let scale = LinearScale(
            covering: values, from: left, to: right, spacing: 70,
            extent: extent(of: request, clearance: request.clearance.lying))
        let length = request.marks == 1 ? 18 : Double(request.marks) * 13 + 8
        let area = CanvasFrame(
            left: left, top: top, right: right, bottom: top + length * Double(request.categories.count))
        let bands = BandScale(
            count: request.categories.count, marks: request.marks, start: top, length: length, broadest: 13)
        return (area, scale, bands)
    }

    private static func extent(of request: Request, clearance: Double) -> LinearScale.Extent {
        LinearScale.Extent(includesZero: request.includesZero, clearance: (clearance, clearance))
    }

    private static func fits(_ categories: [String], marks: Int, in band: Double) -> Bool {
        guard band / Double(marks) >= 12 else { return false }
        let room = band - 8
        return categories.allSatisfy { category in
            let size = SVGText.Style.tick.size * 1.04
            let lines = TextWidth.wrapped(category, size: size, width: room, lines: 2)
            return lines.joined(separator: " ") == category
        }
    }

    private func uprightDrawing(_ marks: [Markup]) -> Drawing {
        let size = SVGText.Style.tick.size * 1.04
        var deepest = 1
        let labels = categories.enumerated().flatMap { index, category in
            let lines = TextWidth.wrapped(category, size: size, width: bands.length - 8, lines: 2)
            deepest = max(deepest, lines.count)
            return lines.enumerated().map { line, text in
                SVGText.line(
                    text,
                    at: CanvasPoint(
                        bands.middle(of: index), area.bottom + 16 + Double(line) * Self.labelLine),
                    style: .tick, anchor: .middle, colour: Palette.ink)
            }
        }
        let title = Axis.verticalTitle(figure.verticalLabel, width: area.right)
        let bottom = area.bottom + 16 + Double(deepest) * Self.labelLine
        let below = Axis.horizontalTitle(figure.horizontalLabel, below: area, at: bottom + 6)
        let level = baseline.map { [$0.level(scale: scale, area: area)] } ?? []
        return Drawing(
            height: bottom + (below.isEmpty ? -6 : 12),
            elements: title.elements + Axis.vertical(scale, area: area) + marks + level + labels + below)
    }

    private func lyingDrawing(_ marks: [Markup]) -> Drawing {
        let labels = categories.enumerated().map { index, category in
            SVGText.line(
                category, at: CanvasPoint(area.left - 8, bands.middle(of: index) + 4), style: .tick,
                anchor: .end,
                colour: Palette.ink, toFit: area.left - 8)
        }
        let title = Axis.verticalTitle(figure.horizontalLabel, width: area.right)
        let below = Axis.horizontalTitle(figure.verticalLabel, below: area, at: area.bottom + 36)
        let level = baseline.map { [$0.upright(scale: scale, area: area)] } ?? []
        return Drawing(
            height: area.bottom + (below.isEmpty ? 24 : 42),
            elements: title.elements + Axis.horizontal(scale, area: area) + marks + level + labels + below)
    }
}
