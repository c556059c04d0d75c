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
