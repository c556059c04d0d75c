public import SondeSDK

/// Figures as pictures.
public enum FigureDrawing {
    /// The figure as a complete SVG document.
    ///
    /// It is 720 pixels wide and as high as its data need; it holds a title and a description for screen readers, no
    /// script and no reference to anything outside. Equal figures give equal bytes. Values that are not finite are left
    /// out.
    public static func svg(of figure: Figure) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(of: figure).rendered() + "\n"
    }

    /// The figure as an element to be set into a page.
    static func element(of figure: Figure) -> Markup {
        let body = body(of: figure)
        let inner = width - 2 * margin
        let header = header(of: figure, legend: body.legend, width: inner)
        let drawing = body.isEmpty ? noData(width: inner) : body.drawing(width: inner)
        let height = header.height + drawing.height + 2 * margin
        let size = (width: NumberText.coordinate(width), height: NumberText.coordinate(height))
        return .element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "sonde-figure",
                "viewBox": "0 0 \(size.width) \(size.height)", "width": size.width, "height": size.height,
                "role": "img", "font-family": "Helvetica, Arial, 'Liberation Sans', 'Noto Sans', sans-serif",
            ],
            [
                .element("title", text: VisibleText.line(figure.title)),
                .element("desc", text: description(of: figure, body: body)),
                SVGShape.rectangle(
                    CanvasFrame(left: 0, top: 0, right: width, bottom: height), role: "paper",
                    fill: Palette.paper),
                SVGShape.moved(right: margin, down: margin, header.elements),
                SVGShape.moved(right: margin, down: margin + header.height, drawing.elements),
            ])
    }

    private static let width = 720.0
    private static let margin = 12.0

    private static func body(of figure: Figure) -> any FigureBody {
        switch figure.content {
        case .bars(let bars): BarDrawing(figure: figure, bars: bars)
        case .boxes(let boxes): BoxDrawing(figure: figure, boxes: boxes)
        case .lines(let lines): LineDrawing(figure: figure, lines: lines)
        case .points(let series): PointDrawing(figure: figure, series: series)
        case .heatMap(let map): HeatMapDrawing(figure: figure, map: map)
        case .tokens(let rows): TokenDrawing(figure: figure, rows: rows)
        }
    }

    private static func header(of figure: Figure, legend: [Legend.Entry], width: Double) -> Drawing {
        let lines = TextWidth.wrapped(
            VisibleText.line(figure.title), size: SVGText.Style.title.size * 1.08, width: width, lines: 3)
        let title = lines.enumerated().map { index, line in
            SVGText.line(line, at: CanvasPoint(0, 12 + Double(index) * 18), style: .title)
        }
        let titleHeight = Double(lines.count) * 18 + 8
        let key = Legend(entries: legend).drawing(width: width)
        return Drawing(
            height: titleHeight + key.height,
            elements: title
                + (key.elements.isEmpty ? [] : [SVGShape.moved(right: 0, down: titleHeight, key.elements)])
        )
    }

    private static func noData(width: Double) -> Drawing {
        Drawing(
            height: 60,
            elements: [
                SVGText.line("No data.", at: CanvasPoint(width / 2, 34), style: .label, anchor: .middle)
            ])
    }

    private static func description(of figure: Figure, body: any FigureBody) -> String {
        let baseline =
            figure.baseline.map { ["Baseline: \($0.label), \(NumberText.readable($0.value))."] } ?? []
        let caption = figure.caption.isEmpty ? [] : [figure.caption]
        let content = body.isEmpty ? "No data." : body.summary
        return VisibleText.line(([content] + baseline + caption).joined(separator: " "))
    }
}
