import SondeSDK
import SondeStatistics

/// Tables and figures of what was answered with and without tuned prompts.
struct ComparisonTables {
    let results: StudyResults

    /// For each metric a table with a row for each task and model.
    var overviews: [Table] {
        results.metrics.indices.map(overview)
    }

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
                let right = Interval.wilson(successes: answers.rightCount, of: answers.items.count)
                let share = Double(answers.rightCount) / Double(answers.items.count)
                rows.append(
                    [.text(comparison.task), .text(comparison.model), .text("\(seed)")]
                        + judged.metrics.map { cell($0) } + [
                            .interval(share, right.lower, right.upper), .number(Double(answers.items.count)),
                            .text(remark(on: answers)),
                        ])
            }
        }
        return Table(
            title: "Each tuned prompt",
            columns: [Table.Column("task"), Table.Column("model"), Table.Column("seed")]
                + results.metrics.map { Table.Column($0.name) }
                + [Table.Column("share right"), Table.Column("n", digits: 0), Table.Column("remarks")],
            rows: rows,
            note:
                "n: items of the test split. Intervals are at 95 %: of metrics the percentile bootstrap over items "
                + "(\(MetricResult.replicates) samples), of the share of right answers Wilson's; both say how much the "
                + "choice of items matters, not of seeds. Baselines: see the table by task.")
    }

    private func overview(_ metric: Int) -> Table {
        let rows = results.comparisons.map { comparison -> [Table.Cell] in
            let n = comparison.plain?.answers.items.count ?? comparison.majority?.answers.items.count
            return [
                .text(comparison.task), .text(comparison.model),
                comparison.majority?.metrics[metric].map { .number($0.value) } ?? .text("-"),
                cell(comparison.plain?.metrics[metric]), tunedCell(comparison, metric),
                .number(Double(comparison.tuned.count)), n.map { .number(Double($0)) } ?? .text("-"),
            ]
        }
        return Table(
            title: results.metrics[metric].name,
            columns: ["task", "model", "majority", "no prompt", "tuned"].map { Table.Column($0) }
                + ["seeds", "n"].map { Table.Column($0, digits: 0) },
            rows: rows,
            note:
                "n: items of the test split. majority: the most frequent label of the training split. Intervals are at "
                + "95 %: of 'no prompt' (and of 'tuned' with one seed) the percentile bootstrap over items, of 'tuned' "
                + "with several seeds Student's t interval of the mean over seeds; it leaves out the choice of items, for "
                + "which see each tuned prompt.")
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
                "Test items: \(Self.listed(counts)). Baselines are the most frequent label and the model without a "
                + "prompt. Intervals at 95 %: bootstrap over items without a prompt, Student's t over seeds for the "
                + "mean of tuned prompts.",
            horizontalLabel: "task", verticalLabel: name, content: .bars(bars))
    }

    private func cell(_ result: MetricResult?) -> Table.Cell {
        guard let result else { return .text("-") }
        guard let interval = result.interval else { return .number(result.value) }
        return .interval(result.value, interval.lower, interval.upper)
    }

    private func tunedCell(_ comparison: StudyResults.Comparison, _ metric: Int) -> Table.Cell {
        let found = comparison.tuned.compactMap { $0.answers.metrics[metric] }
        if found.count == 1 { return cell(found[0]) }
        let sample = Sample(found.map(\.value))
        guard let mean = sample.mean else { return .text("-") }
        return sample.meanInterval().map { .interval(mean, $0.lower, $0.upper) } ?? .number(mean)
    }

    private func remark(on answers: AnswersResult) -> String {
        var remarks: [String] = []
        if let only = answers.onlyAnswer { remarks.append("answers '\(only)' everywhere") }
        if answers.shortened > 0 { remarks.append("\(answers.shortened) texts shortened") }
        return remarks.joined(separator: "; ")
    }

    /// Without repetitions, as tasks stand in it once for each model.
    private static func listed(_ names: [String]) -> String {
        names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    }
}
