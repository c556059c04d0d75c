/// A place in a drawing.
struct CanvasPoint: Sendable, Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle in a drawing.
struct CanvasFrame: Sendable, Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }

    /// Whether two rectangles share an area.
    func overlaps(_ other: CanvasFrame) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
