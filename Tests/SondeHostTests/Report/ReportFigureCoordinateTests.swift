import Foundation
import SondeHost
import SondeSDK
import Testing

/// The tests read values back from the drawing through its own ticks; a coordinate has two digits after the point.
@Suite("Marks stand at their values")
struct ReportFigureCoordinateTests {
    /// A value axis, recovered from two ticks of the drawing.
    struct Ruler {
        private let first: (place: Double, value: Double)
        private let last: (place: Double, value: Double)

        init(_ svg: XMLTree, axis: String) throws {
            let coordinate = axis == "vertical" ? "y1" : "x1"
            let ticks = try svg.elements(ofClass: axis).map { tick in
                let value = try #require(
                    Double(tick.elements(named: "text")[0].text.replacing("−", with: "-")))
                return (place: tick.elements(named: "line")[0].number(coordinate), value: value)
            }
            first = try #require(ticks.first)
            last = try #require(ticks.last)
            try #require(first.place != last.place)
        }

        func value(at place: Double) -> Double {
            first.value + (place - first.place) / (last.place - first.place) * (last.value - first.value)
        }

        /// What a hundredth of a pixel is worth, with room for the rounding of both ticks.
        var tolerance: Double { 0.03 * abs((last.value - first.value) / (last.place - first.place)) }
    }

    private func drawing(_ content: FigureContent, baseline: Double? = nil) throws -> XMLTree {
        let level = baseline.map { Figure.Baseline(label: "level", value: $0) }
        return try XMLTree.root(
            of: FigureDrawing.svg(of: Figure(title: "t", caption: "c", baseline: level, content: content)))
    }

    private let bars = [
        FigureContent.Bar(group: "a", series: "s", value: 0.62, lower: 0.57, upper: 0.71),
        FigureContent.Bar(group: "b", series: "s", value: -0.213, lower: -0.3, upper: -0.1),
    ]

    @Test("in upright bars, their intervals and the baseline")
    func uprightBars() throws {
        let svg = try drawing(.bars(bars), baseline: 0.5)
        let ruler = try Ruler(svg, axis: "vertical")
        for (bar, mark) in zip(bars, svg.elements(ofClass: "mark")) {
            let interval = try #require(mark.elements(ofClass: "interval").first)
            #expect(abs(ruler.value(at: interval.number("y1")) - (bar.lower ?? 0)) < ruler.tolerance)
            #expect(abs(ruler.value(at: interval.number("y2")) - (bar.upper ?? 0)) < ruler.tolerance)
            let body = try #require(mark.elements(ofClass: "bar").first)
            let ends = [body.number("y"), body.number("y") + body.number("height")].map(ruler.value(at:))
            #expect(abs(ends[0] - max(bar.value, 0)) < ruler.tolerance)
            #expect(abs(ends[1] - min(bar.value, 0)) < ruler.tolerance)
            #expect(abs(interval.number("x1") - body.number("x") - body.number("width") / 2) < 0.02)
        }
        let level = try #require(svg.elements(ofClass: "baseline-line").first)
        #expect(abs(ruler.value(at: level.number("y1")) - 0.5) < ruler.tolerance)
    }

    @Test("in lying bars, which long names ask for")
    func lyingBars() throws {
        let named = bars.map { bar in
            var long = bar
            long.group += String(repeating: " longer", count: 20)
            return long
        }
        let svg = try drawing(.bars(named), baseline: 0.5)
        let ruler = try Ruler(svg, axis: "horizontal")
        for (bar, mark) in zip(named, svg.elements(ofClass: "mark")) {
            let interval = try #require(mark.elements(ofClass: "interval").first)
            #expect(abs(ruler.value(at: interval.number("x1")) - (bar.lower ?? 0)) < ruler.tolerance)
            #expect(abs(ruler.value(at: interval.number("x2")) - (bar.upper ?? 0)) < ruler.tolerance)
        }
        let level = try #require(svg.elements(ofClass: "baseline-line").first)
        #expect(abs(ruler.value(at: level.number("x1")) - 0.5) < ruler.tolerance)
    }

    @Test("in boxes")
    func boxes() throws {
        let summary = [0.11, 0.42, 0.5, 0.63, 0.97]
        let svg = try drawing(.boxes([FigureContent.Box(label: "b", summary: summary)]))
        let ruler = try Ruler(svg, axis: "vertical")
        let caps = svg.elements(ofClass: "whisker-cap").map { ruler.value(at: $0.number("y1")) }
        #expect(abs(caps[0] - summary[0]) < ruler.tolerance)
        #expect(abs(caps[1] - summary[4]) < ruler.tolerance)
        let box = try #require(svg.elements(ofClass: "box").first)
        #expect(abs(ruler.value(at: box.number("y")) - summary[3]) < ruler.tolerance)
        #expect(abs(ruler.value(at: box.number("y") + box.number("height")) - summary[1]) < ruler.tolerance)
        let median = try #require(svg.elements(ofClass: "median").first)
        #expect(abs(ruler.value(at: median.number("y1")) - summary[2]) < ruler.tolerance)
    }

    @Test("in points with intervals", arguments: [1.0, 1e-9, 1e6])
    func points(scale: Double) throws {
        let points = (0..<5).map { index in
            let y = scale * (0.3 + Double(index) * 0.11)
            return FigureContent.Point(
                x: Double(index) * 2.5, y: y, lower: y - scale * 0.1, upper: y + scale * 0.2)
        }
        let svg = try drawing(.points([FigureContent.PointSeries(label: "", points: points)]))
        let (vertical, horizontal) = (try Ruler(svg, axis: "vertical"), try Ruler(svg, axis: "horizontal"))
        for (point, mark) in zip(points, svg.elements(ofClass: "point")) {
            let sign = try #require(mark.elements(named: "circle").first)
            #expect(abs(horizontal.value(at: sign.number("cx")) - point.x) < horizontal.tolerance)
            #expect(abs(vertical.value(at: sign.number("cy")) - point.y) < vertical.tolerance)
            let interval = try #require(mark.elements(ofClass: "interval").first)
            #expect(abs(vertical.value(at: interval.number("y1")) - (point.lower ?? 0)) < vertical.tolerance)
            #expect(abs(vertical.value(at: interval.number("y2")) - (point.upper ?? 0)) < vertical.tolerance)
        }
    }

    @Test("in lines, which break where a value is missing")
    func lines() throws {
        let heights = [0.1, 0.2, .nan, 0.4, 0.5, 0.6]
        let points = heights.enumerated().map { FigureContent.Point(x: Double($0), y: $1) }
        let svg = try drawing(.lines([FigureContent.Line(label: "l", points: points)]))
        let ruler = try Ruler(svg, axis: "vertical")
        let strokes = svg.elements(named: "polyline").map { stroke in
            (stroke.attributes["points"] ?? "").split(separator: " ").compactMap { pair in
                pair.split(separator: ",").last.flatMap { Double($0) }.map(ruler.value(at:))
            }
        }
        #expect(strokes.map(\.count) == [2, 3])
        for (drawn, value) in zip(strokes.joined(), heights.filter(\.isFinite)) {
            #expect(abs(drawn - value) < ruler.tolerance)
        }
    }

    @Test(
        "and ticks are round numbers that do not repeat", arguments: [0.003, 0.7, 1, 42, 99_999, 1e8, 1e-12])
    func ticks(largest: Double) throws {
        let svg = try drawing(.bars([FigureContent.Bar(group: "a", series: "", value: largest)]))
        let labels = svg.elements(ofClass: "vertical").compactMap { $0.elements(named: "text").first?.text }
        #expect(labels.count >= 3 && labels.count <= 8)
        #expect(Set(labels).count == labels.count)
        #expect(labels.allSatisfy { $0.count <= 7 })
    }
}
