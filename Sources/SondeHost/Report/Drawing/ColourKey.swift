/// The key to a colour scale: a strip of shades with the values at its ends and, between two signs, at zero.
struct ColourKey {
    let scale: ColourScale
    let label: String

    static let height = 34.0

    /// The key, its right end at `right`.
    func drawn(right: Double) -> [Markup] {
        let (low, high) = (scale.domain.lowerBound, scale.domain.upperBound)
        let shares = low == high ? [0] : Array(0..<steps)
        let (left, breadth) = (right - length, length / Double(shares.count))
        // Each shade reaches to the end, under all later ones, so that no seam shows between neighbours.
        let shades = shares.map { index in
            let share = (Double(index) + 0.5) / Double(steps)
            return SVGShape.rectangle(
                CanvasFrame(left: left + Double(index) * breadth, top: 0, right: right, bottom: 10),
                role: "shade",
                fill: scale.shade(of: low + (high - low) * share).fill)
        }
        let hasZero = low < 0 && high > 0
        var ticks = [(low, left)]
        if low < high { ticks.append((high, right)) }
        if hasZero { ticks.append((0, left + length / 2)) }
        let numbers = ticks.map { value, x in
            SVGText.line(
                NumberText.readable(value), at: CanvasPoint(x, 23), style: .tick,
                anchor: x == left ? .start : x == right ? .end : .middle)
        }
        let name = SVGText.line(
            label, at: CanvasPoint(left - 8, 9), style: .heading, anchor: .end, toFit: max(left - 8, 0))
        return [SVGShape.group("colour-key", shades + numbers + [name])]
    }

    private let steps = 60
    private let length = 180.0
}
