import SondeSDK
import SondeStatistics

/// Steps and evaluations in their order, with checkpoints and early stopping, whatever is tuned.
final class TuningLoop<Subject: TuningSubject> {
    private let job: TuningJob
    private let host: any PluginHost
    private let subject: Subject
    private let checkpoint: TuningCheckpoint<Subject.State>?
    private let schedule: LearningRateSchedule
    private let extent: TuningExtent
    private let report: (TuningEvent) -> Void
    private var order: TrainingOrder
    private var speed = TuningSpeed()
    private var progress = TuningProgress()

    /// Saving takes no more than this share of the time.
    private let shareOfSaving = 0.05

    /// A loop; `host` is asked between steps whether to stop.
    init(
        _ job: TuningJob, of subject: Subject, host: any PluginHost, report: @escaping (TuningEvent) -> Void
    ) throws {
        self.job = job
        self.host = host
        self.subject = subject
        self.report = report
        checkpoint = try job.checkpoint.map { TuningCheckpoint(path: $0, job: try job.digest()) }
        order = TrainingOrder(count: job.training.count, batchSize: job.recipe.batchSize, seed: job.seed)
        extent = TuningExtent(job.recipe, rows: job.training.count)
        schedule = LearningRateSchedule(job.recipe, totalSteps: extent.steps)
    }

    /// Tunes, from the checkpoint if there is one.
    func run(_ card: ModelCard, trainedParameters: Int) throws -> TuningCourse {
        if let saved = try checkpoint?.load() {
            progress = saved.progress
            try subject.restore(saved.subject)
            report(.resumed(step: progress.step))
        }
        do {
            try work()
        } catch let error where HostError(error).kind == .cancelled {
            try save()
            throw HostError(
                .cancelled,
                "Tuning stopped after step \(progress.step) of \(extent.steps)"
                    + (checkpoint == nil ? "." : "; the next run goes on from there."))
        }
        try save()
        return TuningCourse(
            history: progress.history, bestStep: progress.best?.step ?? progress.step, steps: progress.step,
            stoppedEarly: hasStoppedEarly, trainedParameters: trainedParameters,
            frozenParameters: card.parameters - (job.recipe.method == .model ? trainedParameters : 0),
            weightsDigest: card.digest)
    }

    private func work() throws {
        let clock = ContinuousClock()
        var nextSave = clock.now + job.checkpointInterval
        while true {
            if isEvaluationDue { try evaluate() }
            if progress.step == extent.steps || hasStoppedEarly { return }
            try host.checkCancellation()
            try takeStep()
            guard clock.now >= nextSave else { continue }
            let duration = try clock.measure { try save() }
            nextSave = clock.now + interval(afterSavingFor: duration)
        }
    }

    /// Longer than asked for where saving takes long; none at all where a checkpoint is wanted after every step.
    private func interval(afterSavingFor duration: Duration) -> Duration {
        job.checkpointInterval == .zero ? .zero : max(job.checkpointInterval, duration / shareOfSaving)
    }

    private func save() throws {
        guard let checkpoint else { return }
        let state = try subject.state()
        try checkpoint.save(progress, subject: state)
        subject.checkpointWasSaved(state)
    }

    private func takeStep() throws {
        let start = ContinuousClock().now
        let batch = job.training.subset(order.batch(progress.step))
        let loss = try addGradient(of: batch)
        guard loss.mean.isFinite,
            try subject.step(
                learningRate: schedule.learningRate(at: progress.step), lossCount: loss.count)
        else {
            throw nonFinite("The loss or its gradient")
        }
        progress.windowLoss += loss
        progress.step += 1
        speed.add(tokens: batch.tokenCount, seconds: start.duration(to: .now))
        report(
            .step(
                TuningStep(
                    step: progress.step, totalSteps: extent.steps, epoch: epoch, loss: loss.mean,
                    tokensPerSecond: speed.tokensPerSecond,
                    secondsLeft: speed.secondsPerStep * Double(extent.steps - progress.step))))
    }

    /// Adds up a batch's gradient over as many passes as it needs.
    private func addGradient(of batch: Rows) throws -> LossSum {
        var dropout = RandomStream(
            seed: UInt64(bitPattern: Int64(job.seed)), name: "dropout/\(progress.step)")
        let stream = dropout.next()
        var loss = LossSum()
        for range in batch.batches(tokensPerPass: job.recipe.tokensPerPass) {
            loss += try subject.addGradient(of: batch.subset(range), dropoutStream: stream)
        }
        return loss
    }

    private func evaluate() throws {
        var mean: Double?
        if let rows = job.evaluation {
            var loss = LossSum()
            for range in rows.batches(tokensPerPass: job.recipe.tokensPerPass) {
                try host.checkCancellation()
                loss += try subject.loss(of: rows.subset(range))
            }
            guard loss.mean.isFinite else { throw nonFinite("The evaluation loss") }
            mean = loss.mean
        }
        let evaluation = progress.record(
            evaluationLoss: mean, epoch: epoch, tokensPerSecond: speed.tokensPerSecond)
        if evaluation.isBest { try subject.keepAsBest() }
        report(.evaluation(evaluation))
    }

    private var isEvaluationDue: Bool {
        guard progress.step > 0, progress.history.last?.step != progress.step else { return false }
        return extent.isEvaluationDue(after: progress.step)
    }

    private var hasStoppedEarly: Bool {
        progress.step < extent.steps
            && job.recipe.patience.map { progress.evaluationsWithoutGain >= $0 } ?? false
    }

    /// The epoch of the last step, counted from 1.
    private var epoch: Int { order.epoch(of: max(0, progress.step - 1)) + 1 }

    private func nonFinite(_ what: String) -> HostError {
        .data(
            "\(what) is not finite at step \(progress.step + 1) of '\(job.names.task)' on '\(job.names.model)'; lower "
                + "'learning_rate' (it is \(job.recipe.learningRate)) or set 'clip_norm'.")
    }
}
