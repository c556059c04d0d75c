import SondeSDK

/// A grid of shaded cells, with their values in them while they are large enough to be read.
struct HeatMapDrawing: FigureBody {
    let figure: Figure
    let map: FigureContent.HeatMap
    private let scale: ColourScale
    private let digits: Int

    init(figure: Figure, map: FigureContent.HeatMap) {
        self.figure = figure
        self.map = map
        let values = map.values.joined().compactMap(\.self).filter(\.isDrawable)
        scale = ColourScale(covering: values)
        let largest = values.map(abs).max() ?? 0
        digits = values.allSatisfy { $0 == $0.rounded() } || largest >= 100 ? 0 : largest >= 10 ? 1 : 2
    }

    var isEmpty: Bool { map.rows.isEmpty || map.columns.isEmpty }

    var summary: String {
        "Heat map: \(map.rows.count) rows by \(map.columns.count) columns, values from "
            + "\(NumberText.readable(scale.domain.lowerBound)) to \(NumberText.readable(scale.domain.upperBound))."
    }

    var legend: [Legend.Entry] { [] }

    func drawing(width: Double) -> Drawing {
        let grid = Grid(
            map: map, corner: figure.verticalLabel, valueWidth: valueWidth, top: ColourKey.height,
            width: width)
        let cells = map.rows.indices.flatMap { row in
            map.columns.indices.map { column in cell(row, column, in: grid) }
        }
        let bottom = grid.area.bottom
        let below = Axis.horizontalTitle(figure.horizontalLabel, below: grid.area, at: bottom + 20)
        let side =
            figure.verticalLabel.isEmpty
            ? []
            : [
                SVGText.line(
                    figure.verticalLabel, at: CanvasPoint(grid.area.left - 8, grid.area.top - 6),
                    style: .heading,
                    anchor: .end, toFit: grid.area.left - 8)
            ]
        let key = ColourKey(scale: scale, label: figure.baseline.map(Self.words) ?? "").drawn(
            right: min(max(grid.area.right, 320), width))
        return Drawing(
            height: bottom + (below.isEmpty ? 6 : 26),
            elements: key + side + grid.columnLabels() + grid.rowLabels() + cells + below)
    }

    private static func words(_ baseline: Figure.Baseline) -> String {
        "\(baseline.label) \(NumberText.readable(baseline.value))"
    }

    private var valueWidth: Double {
        map.values.joined().compactMap(\.self).map { SVGText.width(of: text(of: $0), style: .value) }.max()
            ?? 0
    }

    private func text(of value: Double) -> String { NumberText.fixed(value, digits: digits) }

    private func value(_ row: Int, _ column: Int) -> Double? {
        guard row < map.values.count, column < map.values[row].count else { return nil }
        return map.values[row][column].flatMap { $0.isDrawable ? $0 : nil }
    }

    private func cell(_ row: Int, _ column: Int, in grid: Grid) -> Markup {
        let frame = grid.frame(row: row, column: column)
        let value = value(row, column)
        let shade = value.map(scale.shade(of:)) ?? ColourScale.Shade(fill: Palette.paper, ink: Palette.axis)
        // Fine cells reach under the next ones, so that no seam shows between neighbours.
        let overlap = grid.isCoarse ? 0 : 0.75
        let area = CanvasFrame(
            left: frame.left, top: frame.top, right: frame.right + overlap, bottom: frame.bottom + overlap)
        let box = SVGShape.rectangle(
            area, role: value == nil ? "cell missing" : "cell", fill: shade.fill,
            stroke: grid.isCoarse ? Palette.paper : nil)
        guard grid.showsValues else { return box }
        let number = SVGText.line(
            value.map(text(of:)) ?? NumberText.missing,
            at: CanvasPoint((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2 + 3.6),
            style: .value,
            anchor: .middle, colour: shade.ink)
        let words = "\(map.rows[row]), \(map.columns[column]): \(value.map(NumberText.exact) ?? "no value")"
        return SVGShape.group("mark", tooltip: words, [box, number])
    }
}

/// Where the cells and the names of a heat map stand.
private struct Grid {
    let area: CanvasFrame
    let showsValues: Bool
    private let rows: [String]
    private let columns: [String]
    private let cell: (width: Double, height: Double)
    private let hasLevelNames: Bool

    init(map: FigureContent.HeatMap, corner: String, valueWidth: Double, top: Double, width: Double) {
        rows = map.rows.map { VisibleText.line($0) }
        columns = map.columns.map { VisibleText.line($0) }
        let widest = rows.map { SVGText.width(of: $0, style: .tick) }.max() ?? 0
        let left = min(max(widest, SVGText.width(of: corner, style: .heading)), width * 0.3) + 10
        let names = columns.map { SVGText.width(of: $0, style: .tick) }.max() ?? 0
        let broadest = max(84, min(names + 8, 160))
        let level = min((width - left) / Double(columns.count), broadest)
        hasLevelNames = names + 6 <= level
        // Slanted names lean out over the last column.
        let overhang = hasLevelNames ? 0 : min(names, Self.longestName) * 0.64 - 8
        let cellWidth = min((width - left - max(overhang, 0)) / Double(columns.count), broadest)
        showsValues = valueWidth + 3 <= cellWidth && rows.count * columns.count <= 4000
        let cellHeight =
            showsValues ? rows.count <= 12 ? 26 : 20 : min(22, max(cellWidth, 600 / Double(rows.count)))
        cell = (cellWidth, max(cellHeight, 2))
        let above = hasLevelNames ? 20 : min(names, Self.longestName) * 0.77 + 14
        area = CanvasFrame(
            left: left, top: top + above, right: left + cellWidth * Double(columns.count),
            bottom: top + above + cell.height * Double(rows.count))
    }

    /// Whether cells are large enough to be set apart by lines.
    var isCoarse: Bool { min(cell.width, cell.height) >= 8 }

    func frame(row: Int, column: Int) -> CanvasFrame {
        let (x, y) = (area.left + Double(column) * cell.width, area.top + Double(row) * cell.height)
        return CanvasFrame(left: x, top: y, right: x + cell.width, bottom: y + cell.height)
    }

    /// Names of the rows, every so many where rows are lower than a line of text.
    func rowLabels() -> [Markup] {
        stride(from: 0, to: rows.count, by: interval(of: cell.height)).map { row in
            SVGText.line(
                rows[row],
                at: CanvasPoint(area.left - 8, frame(row: row, column: 0).top + cell.height / 2 + 4),
                style: .tick, anchor: .end, colour: Palette.ink, toFit: area.left - 8)
        }
    }

    /// Names of the columns: level where they fit, else slanted.
    func columnLabels() -> [Markup] {
        let step = hasLevelNames ? 1 : interval(of: cell.width)
        return stride(from: 0, to: columns.count, by: step).map { column in
            let middle = frame(row: 0, column: column).left + cell.width / 2
            return SVGText.line(
                columns[column], at: CanvasPoint(middle + (hasLevelNames ? 0 : 3), area.top - 7),
                style: .tick,
                anchor: hasLevelNames ? .middle : .start, colour: Palette.ink,
                toFit: hasLevelNames ? nil : Self.longestName, rotation: hasLevelNames ? 0 : -50)
        }
    }

    private static let longestName = 130.0

    private func interval(of length: Double) -> Int { max(1, Int((13 / length).rounded(.up))) }
}
