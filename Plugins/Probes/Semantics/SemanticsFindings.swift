import SondeSDK
import SondeStatistics

/// Tables, figures and statements about what tuned prompts are near to.
struct SemanticsFindings {
    let prompts: [(name: String, measurement: SemanticsMeasurement)]

    var findings: Findings {
        Findings(
            tables: [summary], figures: prompts.map { tokens(of: $0.name, $0.measurement) },
            statements: statement.map { [$0] } ?? [])
    }

    private var summary: Table {
        Table(
            title: "Nearest tokens and drift",
            columns: [
                Table.Column("prompt"), Table.Column("live rows", digits: 0),
                Table.Column("still nearest to their first token", digits: 2),
                Table.Column("median rank of the first token", digits: 0),
                Table.Column("mean cosine with the nearest token", digits: 3),
                Table.Column("… of a token with its nearest other", digits: 3),
                Table.Column("mean drift over first norm", digits: 3),
            ],
            rows: prompts.map { row($0.name, $0.measurement) },
            note:
                "n is the number of live rows of the prompt. The share has a 95 % Wilson interval over rows. Baselines: "
                + "an untuned prompt has share 1, rank 1, cosine 1 and drift 0; a vocabulary token's own nearest "
                + "neighbour has the cosine in the last column but one (median over "
                + "\(prompts.first?.measurement.scale.samples ?? 0) sampled tokens).")
    }

    private func row(_ name: String, _ measured: SemanticsMeasurement) -> [Table.Cell] {
        let rows = measured.rows
        let ranks = rows.compactMap(\.initialRank)
        return [
            .text(name), .number(Double(rows.count)), share(ranks.filter { $0 == 1 }.count, of: ranks.count),
            ranks.isEmpty ? .text("–") : .number(Double(ranks.sorted()[ranks.count / 2])),
            .number(mean(rows.compactMap { $0.nearest.first?.cosine })), .number(measured.scale.nearestOther),
            .number(mean(rows.filter { $0.initialNorm > 0 }.map { $0.drift / $0.initialNorm })),
        ]
    }

    private func share(_ count: Int, of total: Int) -> Table.Cell {
        guard total > 0 else { return .text("–") }
        let interval = Interval.wilson(successes: count, of: total)
        return .interval(Double(count) / Double(total), interval.lower, interval.upper)
    }

    private func tokens(of name: String, _ measured: SemanticsMeasurement) -> Figure {
        Figure(
            title: "Nearest tokens of \(name)",
            caption:
                "For each live row the nearest vocabulary tokens by cosine, and first the token that it began as. "
                + "\(measured.rows.count) rows; two random tokens have a mean cosine of "
                + "\(rounded(measured.scale.randomPair)).",
            content: .tokens(
                measured.rows.map { row in
                    FigureContent.TokenRow(
                        label: "\(row.row)", origin: row.initial?.text,
                        tokens: row.nearest.map {
                            FigureContent.TokenRow.Token(text: $0.text, value: $0.cosine)
                        })
                }))
    }

    private var statement: Statement? {
        let rows = prompts.flatMap(\.measurement.rows)
        let ranks = rows.compactMap(\.initialRank)
        guard !ranks.isEmpty else { return nil }
        let kept = ranks.filter { $0 == 1 }.count
        let interval = Interval.wilson(successes: kept, of: ranks.count)
        return Statement(
            text:
                "\(kept) of \(ranks.count) tuned rows are still nearer to the token that they began as than to any other.",
            sample: "\(ranks.count) rows of \(prompts.count) prompts",
            baseline: "all rows, for a prompt that was not tuned",
            uncertainty: "share \(rounded(Double(kept) / Double(ranks.count))), 95 % Wilson interval "
                + "\(rounded(interval.lower)) to \(rounded(interval.upper)), as if rows were independent",
            caveat:
                "Nearness to a token does not show that the prompt acts like that token, nor that the token "
                + "matters: a row may stay near because its gradient or the learning rate was small.")
    }

    private func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
