import SondeSDK

/// What the finished cells of a study have found.
public struct StudyResults: Sendable {
    /// What was answered on one task's test split by one model.
    struct Comparison: Sendable {
        let model: String
        let task: String
        /// By the most frequent label; `nil` if the cell is not finished, as below.
        let majority: JudgedAnswers?
        /// By the model without a prompt.
        let plain: JudgedAnswers?
        /// With the tuned prompts, or by the tuned models, of all seeds that are finished.
        let tuned: [(seed: Int, answers: JudgedAnswers)]
        /// The prompts of all seeds less no prompt, in the order of the study's metrics.
        let gains: [ComparisonResult?]
    }

    /// One model less another on one task's test split.
    struct Contrast: Sendable {
        let task: String
        let first: String
        let second: String
        /// In the order of the study's metrics.
        let differences: [ComparisonResult?]
    }

    /// Answers and what each metric makes of them.
    struct JudgedAnswers: Sendable {
        let answers: AnswersResult
        /// In the order of the study's metrics.
        let metrics: [MetricResult?]
    }

    /// The study's name.
    public let name: String
    let metrics: [StudyMetric]
    let comparisons: [Comparison]
    /// Empty for a study of one model.
    let contrasts: [Contrast]
    /// What a split of a tuned task does at once that should be done by two, with the task's name.
    let doubleUses: [(task: String, use: String)]
    /// What the splits of tasks have in common, with the task's name.
    let shared: [(task: String, rows: SharedRows)]
    /// What each probe has concluded, by its name in the study.
    let findings: [(probe: String, findings: Findings)]

    /// Reads results.
    /// - Parameter folder: where the results of a slot are, or `nil` if there are none.
    init(_ study: Study, sources: StudySources, folder: (CellSlot) -> String?) throws {
        func judged(_ answerer: CellSlot.Answerer) throws -> JudgedAnswers? {
            guard let path = folder(.answers(answerer)) else { return nil }
            return JudgedAnswers(
                answers: try AnswersResult(readFrom: path),
                metrics: try study.metrics.indices.map { index in
                    try folder(.metric(index, of: answerer)).map { try MetricResult(readFrom: $0) }
                })
        }
        func compared(_ contrast: CellSlot.Contrast) throws -> [ComparisonResult?] {
            try study.metrics.indices.map { index in
                try folder(.comparison(index, of: contrast)).map { try ComparisonResult(readFrom: $0) }
            }
        }
        name = study.name
        metrics = study.metrics
        shared = sources.shared
        doubleUses = zip(sources.tasks, sources.isTuned).compactMap { task, isTuned in
            !isTuned ? nil : task.splits.doubleUse.map { (task.name, $0) }
        }
        comparisons = try sources.models.flatMap { model in
            try sources.tasks.map { task in
                let tuned = try study.seeds.compactMap { seed in
                    try judged(.tuned(PromptName(model: model.name, task: task.name, seed: seed)))
                        .map { (seed: seed, answers: $0) }
                }
                return Comparison(
                    model: model.name, task: task.name, majority: try judged(.majority(task: task.name)),
                    plain: try judged(.model(model.name, task: task.name)), tuned: tuned,
                    gains: try compared(.tuning(model: model.name, task: task.name)))
            }
        }
        let models = sources.models.map(\.name)
        contrasts = try sources.tasks.flatMap { task in
            try models.indices.flatMap { first in
                try models[(first + 1)...].map { second in
                    Contrast(
                        task: task.name, first: models[first], second: second,
                        differences: try compared(.models(models[first], second, task: task.name)))
                }
            }
        }
        findings = try study.probes.compactMap { probe in
            try folder(.conclusion(probe: probe.name)).map {
                (probe: probe.name, findings: try FindingsResult(readFrom: $0).findings)
            }
        }
    }
}
