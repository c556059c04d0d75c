import SondeSDK

/// Boxes from five-number summaries: whiskers to the extremes, a box over the middle half, a bar at the median.
struct BoxDrawing: FigureBody {
    let figure: Figure
    let boxes: [FigureContent.Box]

    var isEmpty: Bool { boxes.isEmpty }

    var summary: String {
        "Boxes from minimum, quartiles and maximum. \(boxes.map(Self.sentence).joined(separator: " "))"
    }

    var legend: [Legend.Entry] { [] }

    func drawing(width: Double) -> Drawing {
        let plot = CategoryPlot(
            CategoryPlot.Request(
                figure: figure, categories: boxes.map(\.label), marks: 1, values: boxes.flatMap(\.summary),
                includesZero: false, clearance: (upright: 4, lying: 4), width: width))
        return plot.drawing(
            marks: boxes.indices.map { drawn(boxes[$0], in: plot, along: plot.bands.middle(of: $0)) })
    }

    private func drawn(_ box: FigureContent.Box, in plot: CategoryPlot, along middle: Double) -> Markup {
        guard Self.isComplete(box) else {
            let place = plot.place(along: middle, value: plot.scale.domain.lowerBound)
            return SVGText.line(
                NumberText.missing, at: CanvasPoint(place.x + 4, place.y - 4), style: .value, anchor: .middle)
        }
        let summary = box.summary
        let breadth = plot.bands.breadth
        let colour = Palette.colour(ofSeries: 0)
        let whiskers = [(summary[0], summary[1]), (summary[3], summary[4])].map { inner, outer in
            SVGShape.line(
                from: plot.place(along: middle, value: inner), to: plot.place(along: middle, value: outer),
                role: "whisker", colour: Palette.ink, thickness: 1.2)
        }
        let caps = [summary[0], summary[4]].map {
            plot.cap(along: middle, breadth: breadth * 0.45, value: $0, role: "whisker-cap")
        }
        let body = SVGShape.rectangle(
            plot.frame(along: middle, breadth: breadth, from: summary[1], to: summary[3]), role: "box",
            fill: "#cfe2f1", stroke: colour, thickness: 1.2)
        let median = plot.cap(
            along: middle, breadth: breadth, value: summary[2], role: "median", thickness: 2.4)
        return SVGShape.group("mark", tooltip: Self.sentence(box), whiskers + caps + [body, median])
    }

    private static func isComplete(_ box: FigureContent.Box) -> Bool {
        box.summary.count == 5 && box.summary.allSatisfy(\.isDrawable)
    }

    private static func sentence(_ box: FigureContent.Box) -> String {
        guard isComplete(box) else { return "\(box.label): no values." }
        let numbers = box.summary.map(NumberText.readable)
        return "\(box.label): median \(numbers[2]), middle half \(numbers[1]) to \(numbers[3]), "
            + "range \(numbers[0]) to \(numbers[4])."
    }
}
