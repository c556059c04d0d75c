import Foundation
import SondeSDK

/// Scored rows for people: a line each, then what the edits did altogether.
public struct ScoreTable {
    private var rows: [ScoredRow] = []

    /// No rows yet.
    public init() {}

    /// Adds a row at the end.
    public mutating func append(_ row: ScoredRow) { rows.append(row) }

    /// The lines; numbers have four digits after the point.
    public var text: String {
        typealias Column = (heading: String, isShown: Bool, cell: (ScoredRow) -> String)
        let columns: [Column] = [
            ("id", true, \.id), ("prediction", true, { "\($0.prediction)" }),
            ("loss", rows.contains { $0.loss != nil }, { $0.loss.map(Self.number) ?? "" }),
            ("log-probabilities", true, { $0.logProbabilities.map(Self.number).joined(separator: " ") }),
            ("generated", rows.contains { $0.generated != nil }, { Self.quoted($0.generated) }),
            ("expected", rows.contains { $0.expected != nil }, { Self.quoted($0.expected) }),
        ]
        let shown = columns.filter(\.isShown)
        let lines = [shown.map(\.heading)] + rows.map { row in shown.map { $0.cell(row) } }
        return (lines.map(AlignedText(lines).line) + receipts).joined(separator: "\n")
    }

    private var receipts: [String] {
        (rows.first?.receipts ?? []).enumerated().map { index, item in
            let total = rows.map { $0.receipts[index].receipt }.reduce(EditReceipt(), +)
            return "edit \(item.edit): visited \(total.visited), changed \(total.changed), "
                + "by \(Self.number(total.absoluteChange)) altogether"
        }
    }

    private static func quoted(_ text: String?) -> String { text.map { String(reflecting: $0) } ?? "" }

    private static func number(_ value: Double) -> String { String(format: "%.4f", value) }
}
