import Foundation
import SondeSDK
import SondeStatistics

/// Sentences about what tuned prompts change, each with what it rests on.
struct ComparisonStatements {
    let results: StudyResults

    var all: [Statement] {
        results.shared.map(sharedRows)
            + results.comparisons.flatMap { comparison in
                [gain(comparison), oneAnswer(comparison)].compactMap(\.self) + sameSeeds(comparison)
            }
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

    /// How much more is right with a tuned prompt than without, item by item.
    private func gain(_ comparison: StudyResults.Comparison) -> Statement? {
        guard let plain = comparison.plain?.answers, let majority = comparison.majority?.answers,
            !comparison.tuned.isEmpty
        else { return nil }
        let gains = comparison.tuned.map { tuned in
            zip(tuned.answers.answers.items, plain.items).map { tuned, plain in
                Double(tuned.isRight ? 1 : 0) - Double(plain.isRight ? 1 : 0)
            }
        }
        var stream = RandomStream(seed: 0, name: "bootstrap/gain/\(comparison.model)/\(comparison.task)")
        let interval = Interval.twoWayBootstrap(of: gains, replicates: 2000, using: &stream)
        let means = gains.map { $0.reduce(0, +) / Double($0.count) }
        let mean = means.reduce(0, +) / Double(means.count)
        let n = plain.items.count
        let ability = MinimumDetectableDifference().paired(examples: n)
        return Statement(
            text:
                "On \(comparison.task), tuned prompts change the share of right answers of \(comparison.model) by "
                + "\(Self.points(mean)) percentage points.",
            sample: "\(n) test items, \(Self.count(gains.count, "seed")).",
            baseline:
                "No prompt: \(Self.share(plain)) right; the most frequent label: \(Self.share(majority)).",
            uncertainty: (interval.map {
                "95 % interval by two-way bootstrap over seeds and items, paired by item: "
                    + "\(Self.points($0.lower)) to \(Self.points($0.upper))."
            } ?? "No interval.")
                + (ability.map {
                    " With this many items a difference of \(String(format: "%.1f", 100 * $0)) points would be found in 80 of 100 studies, if a fifth of the items were answered differently."
                }
                    ?? ""),
            caveat: comparison.tuned.count == 1
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
        String(format: "%.3f", Double(answers.rightCount) / Double(answers.items.count))
    }

    private static func points(_ difference: Double) -> String { String(format: "%+.1f", 100 * difference) }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
