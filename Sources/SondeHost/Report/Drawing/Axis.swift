/// Axes of a plot: grid lines, numbers at ticks, and what is measured.
enum Axis {
    /// Numbers on the left, with grid lines across the area.
    static func vertical(_ scale: LinearScale, area: CanvasFrame) -> [Markup] {
        scale.ticks.map { tick in
            let y = scale.position(of: tick)
            return SVGShape.group(
                "tick vertical",
                [
                    SVGShape.line(
                        from: CanvasPoint(area.left, y), to: CanvasPoint(area.right, y), role: "grid",
                        colour: tick == 0 ? Palette.axis : Palette.grid),
                    SVGText.line(
                        scale.text(ofTick: tick), at: CanvasPoint(area.left - 7, y + 4), style: .tick,
                        anchor: .end),
                ])
        }
    }

    /// Numbers below, with grid lines across the area.
    static func horizontal(_ scale: LinearScale, area: CanvasFrame) -> [Markup] {
        scale.ticks.map { tick in
            let x = scale.position(of: tick)
            return SVGShape.group(
                "tick horizontal",
                [
                    SVGShape.line(
                        from: CanvasPoint(x, area.top), to: CanvasPoint(x, area.bottom), role: "grid",
                        colour: tick == 0 ? Palette.axis : Palette.grid),
                    SVGText.line(
                        scale.text(ofTick: tick), at: CanvasPoint(x, area.bottom + 16), style: .tick,
                        anchor: .middle),
                ])
        }
    }

    /// The room that the numbers of a vertical axis need.
    static func labelWidth(of scale: LinearScale) -> Double {
        scale.ticks.map { SVGText.width(of: scale.text(ofTick: $0), style: .tick) }.max() ?? 0
    }

    /// What the vertical axis measures, written level above it, where it is read without turning the head.
    static func verticalTitle(_ title: String, width: Double) -> Drawing {
        guard !title.isEmpty else { return Drawing(height: 6, elements: []) }
        return Drawing(
            height: 22, elements: [SVGText.line(title, at: CanvasPoint(0, 11), style: .heading, toFit: width)]
        )
    }

    /// What the horizontal axis measures, in the middle below it.
    static func horizontalTitle(_ title: String, below area: CanvasFrame, at y: Double) -> [Markup] {
        guard !title.isEmpty else { return [] }
        let middle = CanvasPoint((area.left + area.right) / 2, y)
        return [SVGText.line(title, at: middle, style: .heading, anchor: .middle, toFit: area.width + 80)]
    }
}
