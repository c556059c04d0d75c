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
        name = study.name
        metrics = study.metrics
        shared = sources.shared
        comparisons = try sources.models.flatMap { model in
            try sources.tasks.map { task in
                let tuned = try study.seeds.compactMap { seed in
                    try judged(.tuned(PromptName(model: model.name, task: task.name, seed: seed)))
                        .map { (seed: seed, answers: $0) }
                }
                return Comparison(
                    model: model.name, task: task.name, majority: try judged(.majority(task: task.name)),
                    plain: try judged(.model(model.name, task: task.name)), tuned: tuned)
            }
        }
        findings = try study.probes.compactMap { probe in
            try folder(.conclusion(probe: probe.name)).map {
                (probe: probe.name, findings: try FindingsResult(readFrom: $0).findings)
            }
        }
    }
}
