import SondeSDK
import SondeStatistics

/// Sentences about what tuned prompts change, each with what it rests on.
struct ComparisonStatements {
    let results: StudyResults

    var all: [Statement] {
        results.doubleUses.map(doubleUse) + results.shared.map(sharedRows)
            + results.comparisons.flatMap { comparison in
                let gains = results.metrics.enumerated().map { gain($1, $0, comparison) }
                return (gains + [oneAnswer(comparison)]).compactMap(\.self) + sameSeeds(comparison)
            }
    }

    /// A split that chooses, or is learned from, is no test.
    private func doubleUse(task: String, _ use: String) -> Statement {
        Statement(
            text: "On \(task), \(use).", sample: "All examples of the split.",
            baseline: "Three splits: one to learn from, one that chooses, one that is reported.",
            uncertainty: "How much higher than on fresh examples the numbers are is not known.",
            caveat: "Intervals and tests of this report do not account for it.")
    }

    /// Examples that are in two splits are remembered, not answered.
    private func sharedRows(task: String, _ rows: SharedRows) -> Statement {
        Statement(
            text:
                "On \(task), \(rows.count) of the \(rows.total) examples of '\(rows.second)' have the text of one of "
                + "'\(rows.first)'.",
            sample: "All examples of both splits.",
            baseline: "Splits that test each other have no example in common.",
            uncertainty: "None; texts were compared word by word.",
            caveat: "Examples that are nearly the same are not found.")
    }

    /// A prompt that answers without regard to the text has learned nothing of the task.
    private func oneAnswer(_ comparison: StudyResults.Comparison) -> Statement? {
        let constant = comparison.tuned.compactMap { tuned in
            tuned.answers.answers.onlyAnswer.map { "seed \(tuned.seed): '\($0)'" }
        }
        guard !constant.isEmpty, let majority = comparison.majority?.answers else { return nil }
        return Statement(
            text:
                "On \(comparison.task), \(constant.count) of \(Self.count(comparison.tuned.count, "tuned prompt")) of "
                + "\(comparison.model) give every example the same answer (\(constant.joined(separator: ", "))).",
            sample: "\(Self.count(majority.items.count, "test item")).",
            baseline: "The most frequent label: \(Self.share(majority)) right.",
            uncertainty: "None; the answers were compared one by one.",
            caveat: "Such a prompt says how frequent a label is, whatever its accuracy.")
    }

    /// How much a metric changes with tuned prompts.
    private func gain(_ metric: StudyMetric, _ index: Int, _ comparison: StudyResults.Comparison)
        -> Statement?
    {
        guard let gain = comparison.gains[index], let plain = comparison.plain?.metrics[index],
            let majority = comparison.majority?.metrics[index]
        else { return nil }
        let ability = metric.isProportion ? DifferenceTables.detectable(items: gain.items) : nil
        return Statement(
            text:
                "On \(comparison.task), tuned prompts change \(metric.name) of \(comparison.model) by "
                + "\(Self.signed(gain.difference)).",
            sample: "\(gain.items) test items, \(Self.count(gain.runs, "seed")).",
            baseline:
                "No prompt: \(Self.plain(plain.value)); the most frequent label: \(Self.plain(majority.value)).",
            uncertainty: (gain.interval.map {
                "95 % interval by two-way bootstrap over seeds and items, paired by item: "
                    + "\(Self.signed($0.lower)) to \(Self.signed($0.upper))."
            } ?? "No interval.")
                + (ability.map {
                    " With this many items a difference of \(Self.plain($0)) would be found in 80 of 100 studies, if a "
                        + "fifth of the items were answered differently."
                } ?? ""),
            caveat: gain.runs == 1
                ? "One seed says nothing about how much the outcome depends on the seed."
                : "The test split is one sample of its source; other templates and candidates may answer otherwise."
        )
    }

    /// Seeds that have made no difference are no independent repetitions.
    private func sameSeeds(_ comparison: StudyResults.Comparison) -> [Statement] {
        let tuned = comparison.tuned
        let twins = tuned.indices.flatMap { first in
            tuned.indices.filter {
                $0 > first && tuned[$0].answers.answers.items == tuned[first].answers.answers.items
            }
            .map { (tuned[first].seed, tuned[$0].seed) }
        }
        return twins.map { first, second in
            Statement(
                text:
                    "On \(comparison.task), seeds \(first) and \(second) gave \(comparison.model) the same scores bit "
                    + "for bit: the seed changed nothing.",
                sample: "\(Self.count(tuned[0].answers.answers.items.count, "test item")), two seeds.",
                baseline: "Seeds that differ in initialisation or order give different scores.",
                uncertainty: "None; the scores were compared one by one.",
                caveat: "Intervals over these seeds are too narrow.")
        }
    }

    private static func share(_ answers: AnswersResult) -> String {
        plain(Double(answers.rightCount) / Double(answers.items.count))
    }

    private static func plain(_ value: Double) -> String { NumberText.fixed(value, digits: 3) }

    private static func signed(_ difference: Double) -> String {
        (difference > 0 ? "+" : "") + plain(difference)
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
