/// Names beside points, as many as fit without covering a point or one another.
///
/// Each name takes the first free of eight places around its point; a name without a free place is left to the
/// tooltip and the data.
struct PointLabels {
    /// A point, the ends of its interval and its name.
    struct Named {
        var place: CanvasPoint
        var top: Double
        var bottom: Double
        var name: String
    }

    /// Where names may be.
    let area: CanvasFrame

    /// The names that found a place.
    func drawn(_ points: [Named]) -> [Markup] {
        guard points.count <= 2000 else { return [] }
        var taken = points.flatMap { point in
            let (x, y) = (point.place.x, point.place.y)
            return [
                CanvasFrame(left: x - 5, top: y - 5, right: x + 5, bottom: y + 5),
                CanvasFrame(left: x - 2, top: point.top, right: x + 2, bottom: point.bottom),
            ]
        }
        var names: [Markup] = []
        for point in points where !point.name.isEmpty {
            let width = min(SVGText.width(of: point.name, style: .value), 150)
            let free = candidates(around: point.place, width: width).first { frame in
                frame.left >= area.left && frame.right <= area.right + 14 && frame.top >= area.top - 8
                    && frame.bottom <= area.bottom && !taken.contains { $0.overlaps(frame) }
            }
            guard let free else { continue }
            taken.append(free)
            names.append(
                SVGText.line(
                    point.name, at: CanvasPoint(free.left, free.bottom - 3), style: .value,
                    colour: Palette.ink,
                    toFit: width))
        }
        return names.isEmpty ? [] : [SVGShape.group("names", names)]
    }

    private func candidates(around place: CanvasPoint, width: Double) -> [CanvasFrame] {
        let (height, gap) = (12.0, 6.0)
        let right = place.x + gap
        let left = place.x - gap - width
        let centred = place.x - width / 2
        let (above, level, below) = (place.y - gap - height, place.y - height / 2, place.y + gap)
        let corners = [
            (right, level), (left, level), (centred, above), (centred, below), (right, above + 3),
            (right, below - 3),
            (left, above + 3), (left, below - 3),
        ]
        return corners.map { CanvasFrame(left: $0.0, top: $0.1, right: $0.0 + width, bottom: $0.1 + height) }
    }
}
