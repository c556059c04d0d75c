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
        let hasLoss = rows.contains { $0.loss != nil }
        let hasText = rows.contains { $0.generated != nil }
        let headings =
            ["id", "prediction"] + (hasLoss ? ["loss"] : []) + ["log-probabilities"]
            + (hasText ? ["generated"] : [])
        let cells = rows.map { row in
            [row.id, "\(row.prediction)"] + (hasLoss ? [row.loss.map(Self.number) ?? ""] : [])
                + [row.logProbabilities.map(Self.number).joined(separator: " ")]
                + (hasText ? [String(reflecting: row.generated ?? "")] : [])
        }
        let aligned = AlignedText([headings] + cells)
        return (([headings] + cells).map(aligned.line) + receipts).joined(separator: "\n")
    }

    private var receipts: [String] {
        (rows.first?.receipts ?? []).enumerated().map { index, item in
            let total = rows.map { $0.receipts[index].receipt }.reduce(EditReceipt(), +)
            return "edit \(item.edit): visited \(total.visited), changed \(total.changed), "
                + "by \(Self.number(total.absoluteChange)) altogether"
        }
    }

    private static func number(_ value: Double) -> String { String(format: "%.4f", value) }
}
