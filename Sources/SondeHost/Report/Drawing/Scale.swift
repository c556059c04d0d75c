import Foundation

extension Double {
    /// Whether a drawing has a place for it: finite, and far enough from the largest numbers to be subtracted.
    var isDrawable: Bool { isFinite && abs(self) < 1e150 }
}

/// Values to places along an axis, with ticks at round numbers.
struct LinearScale {
    /// How the ends of the axis relate to the values.
    struct Extent {
        /// Zero is on the axis, as bars require.
        var includesZero = false
        /// Ticks fall on whole numbers only, as for epochs.
        var hasWholeTicks = false
        /// Free room in pixels beyond the smallest and the largest value.
        var clearance = (low: 0.0, high: 0.0)
    }

    /// The values at the ends.
    let domain: ClosedRange<Double>
    /// The places of the ends, in pixels; they may run either way.
    let range: (start: Double, end: Double)
    /// Round numbers inside the domain.
    let ticks: [Double]
    private let step: Double

    /// A scale that holds all values that can be drawn, with a tick about every `spacing` pixels.
    init(
        covering values: [Double], from start: Double, to end: Double, spacing: Double,
        extent: Extent = Extent()
    ) {
        let drawable = values.filter(\.isDrawable) + (extent.includesZero ? [0] : [])
        let (low, high) = Self.spread(drawable)
        let length = max(abs(end - start), 1)
        step = Self.roundStep(atLeast: (high - low) / max(1, (length / spacing).rounded(.down)), extent)
        var (bottom, top) = (
            (low / step + 1e-9).rounded(.down) * step, (high / step - 1e-9).rounded(.up) * step
        )
        let pixel = (top - bottom) / length
        if low < 0 || !extent.includesZero { bottom = min(bottom, low - extent.clearance.low * pixel) }
        if high > 0 || !extent.includesZero { top = max(top, high + extent.clearance.high * pixel) }
        domain = bottom...top
        range = (start, end)
        let (first, last) = ((bottom / step - 1e-9).rounded(.up), (top / step + 1e-9).rounded(.down))
        let step = step
        ticks = stride(from: first, through: last, by: 1).map { $0 * step + 0 }
    }

    /// The place of a value.
    func position(of value: Double) -> Double {
        let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        return range.start + share * (range.end - range.start)
    }

    /// A tick as text: as many digits as tell it from its neighbours.
    func text(ofTick tick: Double) -> String { text(of: tick, furtherDigits: 0) }

    /// A value as text, one digit finer than the ticks.
    func text(of value: Double) -> String { text(of: value, furtherDigits: 1) }

    private func text(of value: Double, furtherDigits: Int) -> String {
        let exponent = Int((log10(step) + 1e-9).rounded(.down))
        let largest = max(abs(domain.lowerBound), abs(domain.upperBound))
        if largest < 1e7, exponent >= -6 {
            return NumberText.fixed(value, digits: max(0, furtherDigits - exponent))
        }
        let magnitude = Int(log10(largest).rounded(.down))
        return NumberText.scientific(value, digits: min(max(0, magnitude - exponent + furtherDigits), 9))
    }

    /// The smallest and largest value, moved apart where they are the same.
    private static func spread(_ values: [Double]) -> (low: Double, high: Double) {
        guard let low = values.min(), let high = values.max() else { return (0, 1) }
        let scale = max(abs(low), abs(high))
        guard high - low <= scale * 1e-9 else { return (low, high) }
        return scale == 0 ? (0, 1) : (low - scale * 0.1, high + scale * 0.1)
    }

    /// One, two or five times a power of ten.
    private static func roundStep(atLeast minimum: Double, _ extent: Extent) -> Double {
        let power = pow(10, log10(minimum).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= minimum * (1 - 1e-9) } ?? power * 10
        return extent.hasWholeTicks ? max(step.rounded(.up), 1) : step
    }
}

/// Categories to bands along an axis, each with room for several marks side by side.
struct BandScale {
    /// How many categories.
    let count: Int
    /// How many marks share a band.
    let marks: Int
    /// Where the first band begins.
    let start: Double
    /// The length of a band.
    let length: Double
    /// The breadth of a mark.
    let breadth: Double

    /// Bands of `length`, whose marks take most of it but are never broader than `broadest`.
    init(count: Int, marks: Int, start: Double, length: Double, broadest: Double) {
        self.count = count
        self.marks = max(marks, 1)
        self.start = start
        self.length = length
        breadth = min(broadest, length * 0.78 / Double(max(marks, 1)))
    }

    /// The middle of a band.
    func middle(of category: Int) -> Double { start + (Double(category) + 0.5) * length }

    /// The middle of one mark in a band.
    func middle(of category: Int, mark: Int) -> Double {
        middle(of: category) + (Double(mark) - Double(marks - 1) / 2) * breadth
    }
}
