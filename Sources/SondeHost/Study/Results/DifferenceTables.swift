import SondeSDK
import SondeStatistics

/// Tables of differences on the same items, each with its test; all tests of a report are one family.
struct DifferenceTables {
    /// A row before its p is adjusted.
    private struct Row {
        let metric: StudyMetric
        let names: [String]
        let result: ComparisonResult
    }

    private let gains: [Row]
    private let contrasts: [Row]
    /// Of the tests of all rows, in their order.
    private let adjusted: [Double]

    init(_ results: StudyResults) {
        let metrics = Array(results.metrics.enumerated())
        gains = metrics.flatMap { index, metric in
            results.comparisons.compactMap { comparison in
                comparison.gains[index].map {
                    Row(metric: metric, names: [comparison.task, comparison.model], result: $0)
                }
            }
        }
        contrasts = metrics.flatMap { index, metric in
            results.contrasts.compactMap { contrast in
                contrast.differences[index].map {
                    Row(metric: metric, names: [contrast.task, contrast.first, contrast.second], result: $0)
                }
            }
        }
        adjusted = benjaminiHochberg((gains + contrasts).compactMap(\.result.test?.pValue))
    }

    /// Tuned prompts against no prompt, and models against each other; those that have rows.
    var all: [Table] {
        let tested = gains.count { $0.result.test != nil }
        return [
            table(
                "Tuned prompts against no prompt", ["task", "model"], gains, adjusted.prefix(tested),
                difference: "the mean of the tuned prompts less no prompt"),
            table(
                "Models against each other", ["task", "first", "second"], contrasts,
                adjusted.dropFirst(tested),
                difference: "the first model less the second, with tuned prompts where there are any"),
        ].filter { !$0.rows.isEmpty }
    }

    private func table(
        _ title: String, _ names: [String], _ rows: [Row], _ adjusted: ArraySlice<Double>,
        difference: String
    ) -> Table {
        var left = adjusted
        let count = self.adjusted.count
        let allTests = count == 1 ? "the one test" : "the \(count) tests"
        return Table(
            title: title,
            columns: (["metric"] + names + ["difference"]).map { Table.Column($0) }
                + ["p", "q"].map { Table.Column($0, digits: 4) }
                + [Table.Column("detectable"), Table.Column("n", digits: 0)],
            rows: rows.map { row in
                let result = row.result
                let p = result.test?.pValue
                let q = p == nil ? nil : left.popFirst()
                return ([row.metric.name] + row.names).map { .text($0) } + [cell(result)]
                    + [p, q, row.metric.isProportion ? Self.detectable(items: result.items) : nil].map {
                        $0.map { .number($0) } ?? .text("")
                    } + [.number(Double(result.items))]
            },
            note:
                "difference: \(difference), on the same n items; its interval is the two-way bootstrap over seeds and "
                + "items at 95 % (with one seed over items alone). p: the chance of so large a difference if there is "
                + "none, by McNemar's exact test for one seed of a proportion, else by answers that change sides at "
                + "random; it is about other items and the same seeds. q: p adjusted for \(allTests) "
                + "of these tables (Benjamini and Hochberg). detectable: the difference that 80 of 100 studies of "
                + "n items would find, if a fifth of the items were answered differently.")
    }

    /// The smallest difference of a proportion that so many items show.
    static func detectable(items: Int) -> Double? { MinimumDetectableDifference().paired(examples: items) }

    private func cell(_ result: ComparisonResult) -> Table.Cell {
        result.interval.map { .interval(result.difference, $0.lower, $0.upper) } ?? .number(result.difference)
    }
}
