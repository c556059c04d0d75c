public import SondeSDK

/// Tunes a soft prompt on a frozen model.
///
/// The same job gives the same bits on the same machine with the same number of threads, however often it is stopped
/// and taken up again.
public struct PromptTuner {
    private let job: TuningJob
    private let host: any PluginHost

    /// A tuner; `host` is asked between steps whether to stop.
    /// - Throws: ``HostError`` for a job that cannot be done.
    public init(_ job: TuningJob, host: any PluginHost) throws {
        try job.check(.gradient)
        self.job = job
        self.host = host
    }

    /// Tunes, from the checkpoint if there is one.
    ///
    /// The checkpoint's file stays when the work is done; whoever has kept the outcome may delete it.
    /// - Throws: ``HostError`` of the kind `cancelled` after saving a checkpoint, for a loss that is not finite, and for
    ///   a model that changed; and what the model throws.
    public func run(_ report: @escaping (TuningEvent) -> Void = { _ in }) throws -> TuningOutcome {
        let frozen = try FrozenCheck(job.evaluation ?? job.training, model: job.model)
        let initial = try InitialPrompt(job.recipe, model: job.model, seed: job.seed)
        let prompt = try TunablePrompt(initial.values, job: job)
        let course = try TuningLoop(job, of: prompt, host: host, report: report)
            .run(try job.model.card, trainedParameters: prompt.liveCount)
        try frozen.verify(job.model)
        let facts = PromptFacts(
            model: job.names.model, task: job.names.task, seed: job.seed,
            placement: try job.model.card.placements.first ?? "", liveRows: prompt.liveRows,
            initialisation: job.recipe.initialisation.rawValue, initialText: job.recipe.text,
            initialTokens: initial.tokens)
        return TuningOutcome(
            prompt: TunedPrompt(
                values: DenseTensor(shape: prompt.shape, values: prompt.outcome), facts: facts),
            initial: DenseTensor(shape: prompt.shape, values: initial.values), course: course)
    }
}
