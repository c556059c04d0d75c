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
        case .tokens: (tokens, ["step": 130], ["step": 24])
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
                ["type": "point", "filled": true], horizontal, ["y": value, "color": series, "shape": series]),
            layer(
                ["type": "text", "align": "left", "dx": 7, "fontSize": 10], horizontal,
                ["y": value, "text": ["field": "label", "type": "nominal"]]),
        ]
    }

    private func heatMap(_ map: FigureContent.HeatMap) -> [JSONValue] {
        let values = map.values.joined().compactMap(\.self)
        let hasBothSigns = values.contains { $0 < 0 } && values.contains { $0 > 0 }
        let scale: JSONValue =
            hasBothSigns ? ["scheme": "blueorange", "reverse": true, "domainMid": 0] : ["scheme": "blues"]
        return grid(
            x: field("column", "nominal", title: figure.horizontalLabel),
            y: field("row", "nominal", title: figure.verticalLabel), scale: scale,
            text: ["field": "value", "type": "quantitative", "format": ".2f"])
    }

    private var tokens: [JSONValue] {
        grid(
            x: ["field": "rank", "type": "ordinal", "title": "rank"],
            y: field("row", "nominal", title: figure.verticalLabel), scale: ["scheme": "blues"],
            text: ["field": "token", "type": "nominal"])
    }

    private func grid(x: JSONValue, y: JSONValue, scale: JSONValue, text: JSONValue) -> [JSONValue] {
        let shared: JSONObject = ["x": x, "y": y]
        let shade: JSONValue = ["field": "value", "type": "quantitative", "scale": scale]
        return [
            layer("rect", shared, ["color": shade]),
            layer(
                ["type": "text", "fontSize": 10, "stroke": "white", "strokeWidth": 0.3], shared,
                ["text": text]),
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

    /// The layer for those records only that have an interval.
    private func filtered(_ layer: JSONValue) -> JSONValue {
        guard var object = layer.objectValue else { return layer }
        object["transform"] = [["filter": "isValid(datum.lower) && isValid(datum.upper)"]]
        return .object(object)
    }
}
