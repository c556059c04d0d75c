/// Shapes of a drawing; lengths are in CSS pixels, y grows downwards.
enum SVGShape {
    /// A straight line.
    static func line(
        from start: CanvasPoint, to end: CanvasPoint, role: String, colour: String, thickness: Double = 1,
        dashes: String? = nil
    ) -> Markup {
        .element(
            "line",
            [
                "class": role, "x1": number(start.x), "y1": number(start.y), "x2": number(end.x),
                "y2": number(end.y), "stroke": colour, "stroke-width": number(thickness),
                "stroke-dasharray": dashes,
            ])
    }

    /// A rectangle.
    static func rectangle(
        _ frame: CanvasFrame, role: String, fill: String, stroke: String? = nil, thickness: Double = 1,
        rounding: Double = 0
    ) -> Markup {
        .element(
            "rect",
            [
                "class": role, "x": number(frame.left), "y": number(frame.top), "width": number(frame.width),
                "height": number(frame.height), "rx": rounding > 0 ? number(rounding) : nil, "fill": fill,
                "stroke": stroke, "stroke-width": stroke == nil ? nil : number(thickness),
            ])
    }

    /// A line through several places.
    static func polyline(
        _ places: [CanvasPoint], role: String, colour: String, thickness: Double, dashes: String? = nil
    ) -> Markup {
        .element(
            "polyline",
            [
                "class": role, "points": list(places), "fill": "none", "stroke": colour,
                "stroke-width": number(thickness), "stroke-linejoin": "round", "stroke-dasharray": dashes,
            ])
    }

    /// A filled outline.
    static func polygon(_ places: [CanvasPoint], role: String, fill: String, opacity: Double = 1) -> Markup {
        .element(
            "polygon",
            [
                "class": role, "points": list(places), "fill": fill,
                "fill-opacity": opacity < 1 ? number(opacity) : nil,
            ])
    }

    /// Shapes that belong together, with what a reader who points at them is told.
    static func group(_ role: String, tooltip: String? = nil, _ children: [Markup]) -> Markup {
        let title = tooltip.map { [Markup.element("title", text: VisibleText.line($0))] } ?? []
        return .element("g", ["class": role], title + children)
    }

    /// Shapes moved to the right and down.
    static func moved(right: Double, down: Double, _ children: [Markup]) -> Markup {
        .element("g", ["transform": "translate(\(number(right)) \(number(down)))"], children)
    }

    private static func list(_ places: [CanvasPoint]) -> String {
        places.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    private static func number(_ value: Double) -> String { NumberText.coordinate(value) }
}
