import SondeJSON
import SondeSDK

/// The data of a figure as a flat table: one record for each bar, box, point, cell or token.
struct FigureRecords {
    /// One value of a record.
    enum Value {
        case text(String)
        case number(Double)
        case count(Int)
        case missing

        init(_ number: Double?) { self = number.map(Value.number) ?? .missing }
        init(_ text: String?) { self = text.map(Value.text) ?? .missing }
    }

    let fields: [String]
    let records: [[Value]]

    init(of content: FigureContent) {
        switch content {
        case .bars(let bars):
            fields = ["group", "series", "value", "lower", "upper"]
            records = bars.map {
                [.text($0.group), .text($0.series), .number($0.value), Value($0.lower), Value($0.upper)]
            }
        case .boxes(let boxes):
            fields = ["label", "minimum", "lower_quartile", "median", "upper_quartile", "maximum"]
            records = boxes.map { box in
                [.text(box.label)]
                    + (0..<5).map { $0 < box.summary.count ? .number(box.summary[$0]) : .missing }
            }
        case .lines(let lines):
            fields = Self.pointFields
            records = lines.flatMap { line in line.points.map { Self.record(of: $0, series: line.label) } }
        case .points(let series):
            fields = Self.pointFields
            records = series.flatMap { one in one.points.map { Self.record(of: $0, series: one.label) } }
        case .heatMap(let map):
            fields = ["row", "column", "value"]
            records = Self.records(of: map)
        case .tokens(let rows):
            fields = ["row", "origin", "rank", "token", "value"]
            records = rows.flatMap { row in
                row.tokens.enumerated().map { index, token in
                    [
                        .text(row.label), Value(row.origin), .count(index + 1), .text(token.text),
                        .number(token.value),
                    ]
                }
            }
        }
    }

    /// The records as CSV with a heading line.
    var csv: String {
        let lines = records.map { record in
            record.map { value in
                switch value {
                case .text(let text): text
                case .number(let number): NumberText.exact(number)
                case .count(let count): String(count)
                case .missing: ""
                }
            }
        }
        return CSVText.of([fields] + lines)
    }

    /// The records as objects.
    var json: JSONValue {
        .array(
            records.map { record in
                .object(JSONObject(zip(fields, record.map(Self.json))))
            })
    }

    private static let pointFields = ["series", "x", "y", "lower", "upper", "label"]

    private static func record(of point: FigureContent.Point, series: String) -> [Value] {
        [
            .text(series), .number(point.x), .number(point.y), Value(point.lower), Value(point.upper),
            Value(point.label),
        ]
    }

    private static func records(of map: FigureContent.HeatMap) -> [[Value]] {
        map.rows.enumerated().flatMap { row, rowName in
            map.columns.enumerated().map { column, columnName in
                let isPresent = row < map.values.count && column < map.values[row].count
                return [.text(rowName), .text(columnName), Value(isPresent ? map.values[row][column] : nil)]
            }
        }
    }

    private static func json(_ value: Value) -> JSONValue {
        switch value {
        case .text(let text): .string(VisibleText.line(text))
        case .number(let number): number.isFinite ? .number(number) : .null
        case .count(let count): .integer(Int64(count))
        case .missing: .null
        }
    }
}
