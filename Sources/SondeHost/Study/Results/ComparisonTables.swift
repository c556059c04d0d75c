import SondeSDK
import SondeStatistics

/// Tables and figures of what was answered with and without tuned prompts.
struct ComparisonTables {
    let results: StudyResults

    /// For each metric a figure with the same numbers.
    var figures: [Figure] {
        results.metrics.indices.map(figure)
    }

    /// A row for each prompt.
    var seeds: Table {
        var rows: [[Table.Cell]] = []
        for comparison in results.comparisons {
            for (seed, judged) in comparison.tuned {
                let answers = judged.answers
                let p = comparison.plain.map { plain in
                    McNemarTest(
                        first: answers.items.map(\.isRight), second: plain.answers.items.map(\.isRight)
                    ).pValue
                }
                rows.append(
                    [.text(comparison.task), .text(comparison.model), .text("\(seed)")]
                        + judged.metrics.map { cell($0) } + [
                            .number(Double(answers.rightCount)), p.map { .number($0) } ?? .text(""),
                            .number(Double(answers.items.count)), .text(remark(on: answers)),
                        ])
            }
        }
        return Table(
            title: "Each tuned prompt",
            columns: [Table.Column("task"), Table.Column("model"), Table.Column("seed")]
                + results.metrics.map { Table.Column($0.name) }
                + [
                    Table.Column("right", digits: 0), Table.Column("p", digits: 4),
                    Table.Column("n", digits: 0),
                    Table.Column("remarks"),
                ],
            rows: rows,
            note:
                "n: items of the test split; right: those that are answered with the right label. Intervals are at "
                + "95 %, over items: \(results.metrics.intervalWords); they say how much the choice of "
                + "items matters, not of seeds. p: McNemar's exact test of the right answers against those without a "
                + "prompt, not adjusted for the number of tests. Baselines: see the table by task.")
    }

    /// What the seeds alone say, where there are several.
    var spread: Table {
        var rows: [[Table.Cell]] = []
        for (index, metric) in results.metrics.enumerated() {
            for comparison in results.comparisons {
                let sample = Sample(comparison.tuned.compactMap { $0.answers.metrics[index]?.value })
                guard let mean = sample.mean, let deviation = sample.standardDeviation,
                    let interval = sample.meanInterval()
                else { continue }
                rows.append([
                    .text(metric.name), .text(comparison.task), .text(comparison.model),
                    .interval(mean, interval.lower, interval.upper), .number(deviation),
                    .number(Double(sample.count)),
                ])
            }
        }
        return Table(
            title: "Tuned prompts over seeds",
            columns: ["metric", "task", "model", "mean over seeds", "standard deviation"].map {
                Table.Column($0)
            } + [Table.Column("seeds", digits: 0)],
            rows: rows,
            note:
                "Intervals are Student's t at 95 %, over seeds: how the mean would vary with other seeds on the same "
                + "items. The standard deviation has the divisor seeds − 1. Baselines: see the table by task."
        )
    }

    /// A row for each metric, task and model.
    var overview: Table {
        let hasSeveral = results.metrics.count > 1
        let rows = results.metrics.enumerated().flatMap { index, metric in
            results.comparisons.map { comparison -> [Table.Cell] in
                let n = comparison.plain?.answers.items.count ?? comparison.majority?.answers.items.count
                return (hasSeveral ? [.text(metric.name)] : []) + [
                    .text(comparison.task), .text(comparison.model),
                    comparison.majority?.metrics[index].map { .number($0.value) } ?? .text(""),
                    cell(comparison.plain?.metrics[index]), tunedCell(comparison, index),
                    .number(Double(comparison.tuned.count)), n.map { .number(Double($0)) } ?? .text(""),
                ]
            }
        }
        return Table(
            title: hasSeveral ? "Answers by task" : results.metrics.first?.name ?? "Answers by task",
            columns: ((hasSeveral ? ["metric"] : []) + ["task", "model", "majority", "no prompt", "tuned"])
                .map {
                    Table.Column($0)
                } + ["seeds", "n"].map { Table.Column($0, digits: 0) },
            rows: rows,
            note:
                "n: items of the test split. majority: the most frequent label of the training split. Intervals are at "
                + "95 %: of 'no prompt' (and of 'tuned' with one seed) over items, \(results.metrics.intervalWords); of "
                + "'tuned' with several seeds over seeds and items, the two-way bootstrap of the mean, which has no width "
                + "where all answers are right."
        )
    }

    private func figure(_ metric: Int) -> Figure {
        let isOneModel = Set(results.comparisons.map(\.model)).count == 1
        let bars = results.comparisons.flatMap { comparison -> [FigureContent.Bar] in
            let group = isOneModel ? comparison.task : "\(comparison.task), \(comparison.model)"
            let cells: [(String, Table.Cell?)] = [
                ("majority", comparison.majority?.metrics[metric].map { .number($0.value) }),
                ("no prompt", cell(comparison.plain?.metrics[metric])),
                ("tuned", tunedCell(comparison, metric)),
            ]
            return cells.compactMap { series, cell in
                cell?.value.map {
                    FigureContent.Bar(
                        group: group, series: series, value: $0, lower: cell?.lower, upper: cell?.upper)
                }
            }
        }
        let name = results.metrics[metric].name
        let counts = results.comparisons.compactMap { comparison in
            comparison.plain.map { "\(comparison.task) \($0.answers.items.count)" }
        }
        return Figure(
            title: "\(name) with and without tuned prompts",
            caption:
                "Test items: \(counts.listed). Baselines are the most frequent label and the model without a "
                + "prompt. Intervals at 95 %: over items without a prompt, \([results.metrics[metric]].intervalWords); "
                + "over seeds and items, the two-way bootstrap, for the mean of tuned prompts.",
            horizontalLabel: "task", verticalLabel: name, content: .bars(bars))
    }

    private func cell(_ result: MetricResult?) -> Table.Cell {
        guard let result else { return .text("") }
        guard let interval = result.interval else { return .number(result.value) }
        return .interval(result.value, interval.lower, interval.upper)
    }

    private func tunedCell(_ comparison: StudyResults.Comparison, _ metric: Int) -> Table.Cell {
        let found = comparison.tuned.compactMap { $0.answers.metrics[metric] }
        if found.count == 1 { return cell(found[0]) }
        guard let mean = Sample(found.map(\.value)).mean else { return .text("") }
        return comparison.gains[metric]?.runsInterval.map { .interval(mean, $0.lower, $0.upper) }
            ?? .number(mean)
    }

    private func remark(on answers: AnswersResult) -> String {
        var remarks: [String] = []
        if let only = answers.onlyAnswer { remarks.append("answers '\(only)' everywhere") }
        if answers.shortened > 0 { remarks.append("\(answers.shortened) texts shortened") }
        return remarks.joined(separator: "; ")
    }
}

extension [String] {
    /// Without repetitions, as tasks stand in it once for each model.
    fileprivate var listed: String {
        reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    }
}

extension [StudyMetric] {
    /// What their intervals over items are.
    fileprivate var intervalWords: String {
        let kinds = [
            ("Wilson's", filter(\.isProportion)),
            ("the percentile bootstrap (\(Judge.replicates) samples)", filter { !$0.isProportion }),
        ]
        return kinds.filter { !$0.1.isEmpty }.map { kind, metrics in
            "\(kind) for \(metrics.map(\.name).joined(separator: ", "))"
        }.joined(separator: " and ")
    }
}
