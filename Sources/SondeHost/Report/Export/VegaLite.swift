import SondeJSON
import SondeSDK

/// A figure as a Vega-Lite specification: its data once, and layers of marks that read them.
struct VegaLite {
    let figure: Figure

    /// The whole specification.
    var specification: JSONValue {
        let (layers, width, height) = content
        return [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": .string(VisibleText.line(figure.title)),
            "description": .string(VisibleText.line(figure.caption)),
            "width": width,
            "height": height,
            "data": ["values": FigureRecords(of: figure.content).json],
            "layer": .array(layers + baseline),
        ]
    }

    private typealias Content = (layers: [JSONValue], width: JSONValue, height: JSONValue)

    private var content: Content {
        switch figure.content {
        case .bars: (bars, ["step": 28], 260)
        case .boxes: (boxes, ["step": 44], 260)
        case .lines: (lines, 600, 280)
        case .points: (points, 600, 280)
        case .heatMap(let map): (heatMap(map), ["step": 44], ["step": 24])
        case .tokens(let rows): (tokens(rows), ["step": 130], ["step": 24])
        }
    }

    private var bars: [JSONValue] {
        let shared: JSONObject = [
            "x": field("group", "nominal", title: figure.horizontalLabel),
            "xOffset": ["field": "series", "type": "nominal", "sort": .null],
        ]
        let value = field("value", "quantitative", title: figure.verticalLabel)
        return [
            layer("bar", shared, ["y": value, "color": series]),
            interval(shared, title: figure.verticalLabel),
        ]
    }

    private var boxes: [JSONValue] {
        let shared: JSONObject = ["x": field("label", "nominal", title: figure.horizontalLabel)]
        func range(_ low: String, _ high: String) -> JSONObject {
            [
                "y": field(low, "quantitative", title: figure.verticalLabel, fromZero: false),
                "y2": ["field": .string(high)],
            ]
        }
        return [
            layer(["type": "rule"], shared, range("minimum", "maximum")),
            layer(["type": "bar", "size": 26], shared, range("lower_quartile", "upper_quartile")),
            layer(
                ["type": "tick", "size": 26, "color": "black", "thickness": 2], shared,
                ["y": field("median", "quantitative", title: figure.verticalLabel)]),
        ]
    }

    private var lines: [JSONValue] {
        let value = field("y", "quantitative", title: figure.verticalLabel, fromZero: false)
        return [
            filtered(
                layer(
                    ["type": "area", "opacity": 0.16], horizontal,
                    [
                        "y": field("lower", "quantitative", title: figure.verticalLabel, fromZero: false),
                        "y2": ["field": "upper"], "color": series,
                    ])),
            layer(["type": "line", "point": true], horizontal, ["y": value, "color": series]),
        ]
    }

    private var points: [JSONValue] {
        let value = field("y", "quantitative", title: figure.verticalLabel, fromZero: false)
        return [
            interval(horizontal, title: figure.verticalLabel),
            layer(
                ["type": "point", "filled": true], horizontal,
                [
                    "y": value, "color": series,
                    "shape": ["field": "series", "type": "nominal", "sort": .null, "title": .null],
                ]),
            layer(
                ["type": "text", "align": "left", "dx": 7, "fontSize": 10], horizontal,
                ["y": value, "text": ["field": "label", "type": "nominal"]]),
        ]
    }

    private func heatMap(_ map: FigureContent.HeatMap) -> [JSONValue] {
        grid(
            of: map.values.joined().compactMap(\.self),
            x: field("column", "nominal", title: figure.horizontalLabel),
            y: field("row", "nominal", title: figure.verticalLabel),
            text: ["field": "value", "type": "quantitative", "format": ".2f"])
    }

    private func tokens(_ rows: [FigureContent.TokenRow]) -> [JSONValue] {
        grid(
            of: rows.flatMap(\.tokens).map(\.value),
            x: ["field": "rank", "type": "ordinal", "title": "rank"],
            y: field("row", "nominal", title: figure.verticalLabel),
            text: ["field": "token", "type": "nominal"])
    }

    /// Shaded cells with a text in each, white on the dark ones.
    private func grid(of values: [Double], x: JSONValue, y: JSONValue, text: JSONValue) -> [JSONValue] {
        let domain = ColourScale(covering: values).domain
        let (low, high) = (domain.lowerBound, domain.upperBound)
        let hasBothSigns = low < 0 && high > 0
        var scale: JSONObject = ["domain": [.number(low), .number(high)]]
        scale["scheme"] = hasBothSigns ? "blueorange" : "blues"
        if hasBothSigns { scale["reverse"] = true }
        let isDark =
            hasBothSigns
            ? "abs(datum.value) > \(NumberText.exact(high * 0.6))"
            : "datum.value > \(NumberText.exact(low + (high - low) * 0.6))"
        let shared: JSONObject = ["x": x, "y": y]
        let shade: JSONValue = ["field": "value", "type": "quantitative", "scale": .object(scale)]
        let ink: JSONValue = ["condition": ["test": .string(isDark), "value": "white"], "value": "black"]
        return [
            layer("rect", shared, ["color": shade]),
            filtered(
                layer(["type": "text", "fontSize": 10], shared, ["text": text, "color": ink]),
                by: "isValid(datum.value)"),
        ]
    }
}

extension VegaLite {
    private var horizontal: JSONObject {
        ["x": field("x", "quantitative", title: figure.horizontalLabel, fromZero: false)]
    }

    private var series: JSONValue {
        let colours = (0..<8).map { JSONValue.string(Palette.colour(ofSeries: $0)) }
        return [
            "field": "series", "type": "nominal", "sort": .null, "title": .null,
            "scale": ["range": .array(colours)],
        ]
    }

    /// A dashed line and its name across the figure, from data of its own.
    private var baseline: [JSONValue] {
        guard let mark = BaselineMark(figure.baseline)?.baseline else { return [] }
        let words = "\(VisibleText.line(mark.label)) \(NumberText.readable(mark.value))"
        let level: JSONValue = ["datum": .number(mark.value)]
        return [
            [
                "data": ["values": [[:]]],
                "mark": ["type": "rule", "strokeDash": [5, 4], "color": .string(Palette.baseline)],
                "encoding": ["y": level],
            ],
            [
                "data": ["values": [[:]]],
                "mark": ["type": "text", "align": "left", "dx": 5, "color": .string(Palette.baseline)],
                "encoding": ["x": ["value": "width"], "y": level, "text": ["value": .string(words)]],
            ],
        ]
    }

    private func interval(_ shared: JSONObject, title: String) -> JSONValue {
        filtered(
            layer(
                "rule", shared,
                [
                    "y": field("lower", "quantitative", title: title, fromZero: false),
                    "y2": ["field": "upper"],
                ]))
    }

    private func field(_ name: String, _ type: String, title: String, fromZero: Bool = true) -> JSONValue {
        var channel: JSONObject = ["field": .string(name), "type": .string(type)]
        channel["title"] = title.isEmpty ? .null : .string(VisibleText.line(title))
        if type == "nominal" { channel["sort"] = .null }
        if type == "quantitative", !fromZero { channel["scale"] = ["zero": false] }
        return .object(channel)
    }

    private func layer(_ mark: JSONValue, _ shared: JSONObject, _ encoding: JSONObject) -> JSONValue {
        let channels = JSONObject(shared.map { ($0.key, $0.value) } + encoding.map { ($0.key, $0.value) })
        return ["mark": mark, "encoding": .object(channels)]
    }

    /// The layer for those records only that pass a test, by default for those that have an interval.
    private func filtered(
        _ layer: JSONValue, by test: String = "isValid(datum.lower) && isValid(datum.upper)"
    ) -> JSONValue {
        guard var object = layer.objectValue else { return layer }
        object["transform"] = [["filter": .string(test)]]
        return .object(object)
    }
}
