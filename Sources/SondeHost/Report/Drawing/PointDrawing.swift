import SondeSDK

/// Points with intervals and names.
struct PointDrawing: FigureBody {
    let figure: Figure
    let series: [FigureContent.PointSeries]

    var isEmpty: Bool { series.allSatisfy(\.points.isEmpty) }

    var summary: String {
        let parts = series.map { "\($0.label.isEmpty ? "Series" : $0.label): \($0.points.count) points." }
        return "Points: \(series.count) series. " + parts.joined(separator: " ")
    }

    var legend: [Legend.Entry] { Legend.entries(ofSeries: series.map(\.label)) { _ in .point } }

    func drawing(width: Double) -> Drawing {
        let points = series.flatMap(\.points)
        let plot = NumericPlot(figure: figure, points: points, width: width)
        let marks = series.enumerated().map { index, series in
            SVGShape.group(
                "series",
                series.points.filter(\.isDrawable).map { drawn($0, of: series.label, index: index, in: plot) }
            )
        }
        let named = points.filter(\.isDrawable).map { point in
            let ends = point.heights.map { plot.place(x: point.x, y: $0).y }
            return PointLabels.Named(
                place: plot.place(x: point.x, y: point.y), top: ends.min() ?? 0, bottom: ends.max() ?? 0,
                name: point.label ?? "")
        }
        return plot.drawing(marks: marks + PointLabels(area: plot.area).drawn(named))
    }

    private func drawn(
        _ point: FigureContent.Point, of series: String, index: Int, in plot: NumericPlot
    ) -> Markup {
        let colour = Palette.colour(ofSeries: index)
        let sign = Marker.ofSeries(index).drawn(
            at: plot.place(x: point.x, y: point.y), radius: 4, colour: colour)
        return SVGShape.group(
            "point", tooltip: point.sentence(series: series),
            IntervalMark(point).drawn(in: plot, x: point.x, colour: colour) + [sign])
    }
}

/// Names beside points, as many as fit without covering a point or one another.
///
/// Each name takes the first free of eight places around its point; a name without a free place is left to the
/// tooltip and the data.
struct PointLabels {
    /// A point, the ends of its interval and its name.
    struct Named {
        var place: Place
        var top: Double
        var bottom: Double
        var name: String
    }

    /// Where names may be.
    let area: Frame

    /// The names that found a place.
    func drawn(_ points: [Named]) -> [Markup] {
        guard points.count <= 2000 else { return [] }
        var taken = points.flatMap { point in
            let (x, y) = (point.place.x, point.place.y)
            return [
                Frame(left: x - 5, top: y - 5, right: x + 5, bottom: y + 5),
                Frame(left: x - 2, top: point.top, right: x + 2, bottom: point.bottom),
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
                    point.name, at: Place(free.left, free.bottom - 3), style: .value, colour: Palette.ink,
                    toFit: width))
        }
        return names.isEmpty ? [] : [SVGShape.group("names", names)]
    }

    private func candidates(around place: Place, width: Double) -> [Frame] {
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
        return corners.map { Frame(left: $0.0, top: $0.1, right: $0.0 + width, bottom: $0.1 + height) }
    }
}
