/// An interval around a value: a line with caps, and its text.
struct IntervalMark {
    let value: Double
    /// The ends; where one is missing the interval ends at the value.
    let ends: (lower: Double, upper: Double)?

    init(value: Double, lower: Double?, upper: Double?) {
        self.value = value
        let (low, high) = (lower.flatMap(Self.drawable), upper.flatMap(Self.drawable))
        ends = low == nil && high == nil ? nil : (low ?? value, high ?? value)
    }

    /// The value and its interval in words.
    var text: String {
        let number = NumberText.readable(value)
        guard let ends else { return number }
        return "\(number) [\(NumberText.readable(ends.lower)), \(NumberText.readable(ends.upper))]"
    }

    /// The interval in a plot of categories.
    func drawn(in plot: CategoryPlot, along middle: Double) -> [Markup] {
        guard let ends, value.isDrawable else { return [] }
        let breadth = min(plot.bands.breadth * 0.4, 9)
        let stem = SVGShape.line(
            from: plot.place(along: middle, value: ends.lower),
            to: plot.place(along: middle, value: ends.upper),
            role: "interval", colour: Palette.ink, thickness: 1.2)
        return [
            stem, plot.cap(along: middle, breadth: breadth, value: ends.lower, role: "interval-cap"),
            plot.cap(along: middle, breadth: breadth, value: ends.upper, role: "interval-cap"),
        ]
    }

    /// The interval of a point in a plot of numbers.
    func drawn(in plot: NumericPlot, x: Double, colour: String) -> [Markup] {
        guard let ends, value.isDrawable else { return [] }
        let (low, high) = (plot.place(x: x, y: ends.lower), plot.place(x: x, y: ends.upper))
        return [
            SVGShape.line(from: low, to: high, role: "interval", colour: colour, thickness: 1.2),
            SVGShape.line(
                from: CanvasPoint(low.x - 3, low.y), to: CanvasPoint(low.x + 3, low.y), role: "interval-cap",
                colour: colour),
            SVGShape.line(
                from: CanvasPoint(high.x - 3, high.y), to: CanvasPoint(high.x + 3, high.y),
                role: "interval-cap",
                colour: colour),
        ]
    }

    private static func drawable(_ value: Double) -> Double? { value.isDrawable ? value : nil }
}
