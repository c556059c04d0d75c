public import SondeSDK

/// Tunes all weights of a model, without a prompt.
///
/// The same job gives the same bits on the same machine with the same number of threads, however often it is stopped
/// and taken up again.
public struct ModelTuner {
    private let job: TuningJob
    private let host: any PluginHost

    /// A tuner; `host` is asked between steps whether to stop.
    /// - Throws: ``HostError`` for a job that cannot be done.
    public init(_ job: TuningJob, host: any PluginHost) throws {
        try job.check(.weights)
        self.job = job
        self.host = host
    }

    /// Tunes, from the checkpoint if there is one.
    ///
    /// Afterwards the model has the weights with the lowest evaluation loss, or the last ones without an evaluation
    /// split. The checkpoint's files stay when the work is done; whoever has kept the outcome may delete them.
    /// - Throws: ``HostError`` of the kind `cancelled` after saving a checkpoint, and for a loss that is not finite; and
    ///   what the model throws. The model is of no more use then.
    public func run(_ report: @escaping (TuningEvent) -> Void = { _ in }) throws -> TuningCourse {
        let card = try job.model.card
        guard let checkpoint = job.checkpoint else {
            throw HostError(.internal, "Tuning a model needs a place for its weights.")
        }
        let weights = try TunableWeights(job, checkpoint: checkpoint)
        let course = try TuningLoop(job, of: weights, host: host, report: report)
            .run(card, trainedParameters: weights.count)
        try weights.finish()
        return course
    }
}
