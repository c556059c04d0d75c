/// What a kind of figure draws below the title.
protocol FigureBody {
    /// Whether there is nothing to draw.
    var isEmpty: Bool { get }
    /// One sentence for readers who cannot see it.
    var summary: String { get }
    /// What its colours mean.
    var legend: [Legend.Entry] { get }
    /// The drawing, as wide as asked.
    func drawing(width: Double) -> Drawing
}

/// Shapes and the height they need.
struct Drawing {
    var height: Double
    var elements: [Markup]
}
