import SondeSDK

/// A level to compare with: a dashed line across the plot with its name and value beside it.
struct BaselineMark {
    let baseline: Figure.Baseline

    /// The mark of a figure's baseline, if it has one that can be drawn.
    init?(_ baseline: Figure.Baseline?) {
        guard let baseline, baseline.value.isDrawable else { return nil }
        self.baseline = baseline
    }

    /// Room to the right of a plot with a vertical value axis.
    var rightMargin: Double {
        let widest = words.map { SVGText.width(of: $0, style: .label) }.max() ?? 0
        return widest + 10
    }

    /// A level line with its name on the right.
    func level(scale: LinearScale, area: CanvasFrame) -> Markup {
        let y = scale.position(of: baseline.value)
        let first = y + 4 - Double(words.count - 1) * 6.5
        let lines = words.enumerated().map { index, line in
            SVGText.line(
                line, at: CanvasPoint(area.right + 8, first + Double(index) * 13), style: .label,
                colour: Palette.baseline)
        }
        return SVGShape.group(
            "baseline", tooltip: tooltip,
            [mark(from: CanvasPoint(area.left, y), to: CanvasPoint(area.right + 4, y))] + lines)
    }

    /// An upright line with its name above the plot.
    func upright(scale: LinearScale, area: CanvasFrame) -> Markup {
        let x = scale.position(of: baseline.value)
        let name = "\(VisibleText.line(baseline.label)) \(NumberText.readable(baseline.value))"
        let half = SVGText.width(of: name, style: .label) / 2
        let middle = min(max(x, half), max(area.right + 40 - half, half))
        return SVGShape.group(
            "baseline", tooltip: tooltip,
            [
                mark(from: CanvasPoint(x, area.top - 4), to: CanvasPoint(x, area.bottom)),
                SVGText.line(
                    name, at: CanvasPoint(middle, area.top - 8), style: .label, anchor: .middle,
                    colour: Palette.baseline),
            ])
    }

    /// Height above a plot with a horizontal value axis.
    static let topMargin = 20.0

    private var words: [String] {
        TextWidth.wrapped(
            VisibleText.line(baseline.label), size: SVGText.Style.label.size, width: 92, lines: 3)
            + [NumberText.readable(baseline.value)]
    }

    private var tooltip: String { "\(baseline.label): \(NumberText.exact(baseline.value))" }

    private func mark(from start: CanvasPoint, to end: CanvasPoint) -> Markup {
        SVGShape.line(
            from: start, to: end, role: "baseline-line", colour: Palette.baseline, thickness: 1.3,
            dashes: "5 4")
    }
}
