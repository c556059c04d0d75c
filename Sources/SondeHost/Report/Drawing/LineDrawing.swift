import SondeSDK

/// Lines with bands.
struct LineDrawing: FigureBody {
    let figure: Figure
    let lines: [FigureContent.Line]

    var isEmpty: Bool { lines.allSatisfy(\.points.isEmpty) }

    var summary: String {
        let parts = lines.map { line -> String in
            let ends = [line.points.first, line.points.last].compactMap { $0?.sentence(series: "") }
            return "\(line.label): \(line.points.count) points, from \(ends.joined(separator: " to "))."
        }
        return "Lines: \(lines.count). " + parts.joined(separator: " ")
    }

    var legend: [Legend.Entry] {
        Legend.entries(ofSeries: lines.map(\.label)) { .line(dashes: Palette.dashes(ofSeries: $0)) }
    }

    func drawing(width: Double) -> Drawing {
        let plot = NumericPlot(figure: figure, points: lines.flatMap(\.points), width: width)
        let bands = lines.indices.flatMap { band(lines[$0], index: $0, in: plot) }
        let strokes = lines.indices.map { stroke(lines[$0], index: $0, in: plot) }
        return plot.drawing(marks: bands + strokes)
    }

    /// The line, broken where a value is missing, with signs at its points while they stay apart.
    private func stroke(_ line: FigureContent.Line, index: Int, in plot: NumericPlot) -> Markup {
        let colour = Palette.colour(ofSeries: index)
        let runs = line.points.split { !$0.isDrawable }
        let strokes = runs.filter { $0.count > 1 }.map { run in
            SVGShape.polyline(
                run.map { plot.place(x: $0.x, y: $0.y) }, role: "line", colour: colour, thickness: 1.8,
                dashes: Palette.dashes(ofSeries: index))
        }
        let hasMarkers = line.points.count <= 40
        let markers = runs.flatMap { run in
            hasMarkers || run.count == 1
                ? run.map { point in
                    SVGShape.group(
                        "point", tooltip: point.sentence(series: line.label),
                        [
                            Marker.ofSeries(index).drawn(
                                at: plot.place(x: point.x, y: point.y), radius: 3, colour: colour)
                        ])
                } : []
        }
        return SVGShape.group("series", tooltip: line.label.isEmpty ? nil : line.label, strokes + markers)
    }

    /// The band between the ends of the intervals; an interval that stands alone is drawn as one.
    private func band(_ line: FigureContent.Line, index: Int, in plot: NumericPlot) -> [Markup] {
        let colour = Palette.colour(ofSeries: index)
        return line.points.split { !$0.isDrawable || IntervalMark($0).ends == nil }.flatMap {
            run -> [Markup] in
            if let only = run.first, run.count == 1 {
                return IntervalMark(only).drawn(in: plot, x: only.x, colour: colour)
            }
            let upper = run.compactMap { point in
                IntervalMark(point).ends.map { plot.place(x: point.x, y: $0.upper) }
            }
            let lower = run.compactMap { point in
                IntervalMark(point).ends.map { plot.place(x: point.x, y: $0.lower) }
            }
            return [SVGShape.polygon(upper + lower.reversed(), role: "band", fill: colour, opacity: 0.16)]
        }
    }
}

extension IntervalMark {
    /// The interval of a point.
    init(_ point: FigureContent.Point) {
        self.init(value: point.y, lower: point.lower, upper: point.upper)
    }
}
