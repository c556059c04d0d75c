public import SondeSDK
import SondeStatistics

/// Tunes a soft prompt on a frozen model.
///
/// The same job gives the same bits on the same machine with the same number of threads, however often it is stopped
/// and taken up again.
public final class Tuner {
    private let job: TuningJob
    private let host: any PluginHost
    private let checkpoint: TuningCheckpoint?
    private let optimiser: AdamW
    private let schedule: LearningRateSchedule
    private let extent: TuningExtent
    private let width: Int
    private var order: TrainingOrder
    private var speed = TuningSpeed()
    private var report: (TuningEvent) -> Void = { _ in }

    /// A tuner; `host` is asked between steps whether to stop.
    /// - Throws: ``HostError`` for a job that cannot be done.
    public init(_ job: TuningJob, host: any PluginHost) throws {
        try job.check()
        self.job = job
        self.host = host
        let recipe = job.recipe
        checkpoint = try job.checkpoint.map { TuningCheckpoint(path: $0, job: try job.digest()) }
        optimiser = AdamW(
            firstDecay: recipe.betas[0], secondDecay: recipe.betas[1], epsilon: recipe.epsilon,
            weightDecay: recipe.weightDecay)
        order = TrainingOrder(count: job.training.count, batchSize: recipe.batchSize, seed: job.seed)
        extent = TuningExtent(recipe, rows: job.training.count)
        schedule = LearningRateSchedule(recipe, totalSteps: extent.steps)
        width = try job.model.card.width
    }

    /// Tunes, from the checkpoint if there is one.
    ///
    /// The checkpoint's file stays when the work is done; whoever has kept the outcome may delete it.
    /// - Throws: ``HostError`` of the kind `cancelled` after saving a checkpoint, for a loss that is not finite, and for
    ///   a model that changed; and what the model throws.
    public func run(_ report: @escaping (TuningEvent) -> Void = { _ in }) throws -> TuningOutcome {
        self.report = report
        let frozen = try FrozenCheck(job.evaluation ?? job.training, model: job.model)
        let initial = try InitialPrompt(job.recipe, model: job.model, seed: job.seed)
        let prompt = try job.model.prepare(
            SoftPrompt(values: initial.values, rows: job.recipe.rows, width: width))
        var state = TuningState(values: initial.values)
        if let saved = try checkpoint?.load() {
            state = saved
            try prompt.update(state.values)
            report(.resumed(step: state.step))
        }
        do {
            try work(on: &state, prompt: prompt)
        } catch let error where HostError(error).kind == .cancelled {
            try checkpoint?.save(state)
            throw HostError(
                .cancelled,
                "Tuning stopped after step \(state.step) of \(extent.steps)"
                    + (checkpoint == nil ? "." : "; the next run goes on from there."))
        }
        try checkpoint?.save(state)
        try frozen.verify(job.model)
        return try outcome(of: state, initial: initial, liveRows: try prompt.liveRows)
    }

    private func work(on state: inout TuningState, prompt: any PreparedPrompt) throws {
        let liveRows = try prompt.liveRows
        let clock = ContinuousClock()
        var lastSave = clock.now
        while true {
            if isEvaluationDue(state) { try evaluate(&state, prompt: prompt) }
            if state.step == extent.steps || hasStoppedEarly(state) { return }
            try host.checkCancellation()
            try takeStep(&state, prompt: prompt, liveRows: liveRows)
            if clock.now - lastSave >= job.checkpointInterval {
                try checkpoint?.save(state)
                lastSave = clock.now
            }
        }
    }

    private func takeStep(_ state: inout TuningState, prompt: any PreparedPrompt, liveRows: [Bool]) throws {
        let start = ContinuousClock().now
        let batch = job.training.subset(order.batch(state.step))
        let gradient = try gradient(of: batch, prompt: prompt, step: state.step)
        let slope = gradient.mean(liveRows: liveRows, width: width, clippedTo: job.recipe.clipNorm)
        guard gradient.meanLoss.isFinite, slope.allSatisfy(\.isFinite) else {
            throw nonFinite("The loss or its gradient", state)
        }
        var values = state.values
        optimiser.update(
            &values, moments: &state.moments, gradient: slope,
            learningRate: schedule.learningRate(at: state.step))
        keepDeadRows(of: state.values, in: &values, liveRows: liveRows)
        state.values = values
        state.windowLossSum += gradient.lossSum
        state.windowLossCount += gradient.lossCount
        state.step += 1
        try prompt.update(values)
        speed.add(tokens: batch.tokenCount, seconds: start.duration(to: .now))
        report(
            .step(
                TuningStep(
                    step: state.step, totalSteps: extent.steps, epoch: epoch(of: state),
                    loss: gradient.meanLoss,
                    tokensPerSecond: speed.tokensPerSecond,
                    secondsLeft: speed.secondsPerStep * Double(extent.steps - state.step))))
    }

    /// The summed loss of a batch and its gradient, over as many passes as it needs.
    private func gradient(of batch: Rows, prompt: any PreparedPrompt, step: Int) throws -> Gradient {
        var dropout = RandomStream(seed: UInt64(bitPattern: Int64(job.seed)), name: "dropout/\(step)")
        let stream = dropout.next()
        var gradient = Gradient(count: job.recipe.rows * width)
        for range in batch.batches(tokensPerPass: job.recipe.tokensPerPass) {
            let result = try job.model.run(
                job.recipe.trainingPass(batch.subset(range), prompt: prompt, dropoutStream: stream))
            guard let sum = result.lossSums.first, let count = result.lossCounts.first,
                let slope = result.promptGradients.first, slope.count == gradient.values.count
            else {
                throw HostError.plugin(
                    "The model gave no loss or no gradient for a pass that asked for both.")
            }
            gradient.add(slope, lossSum: sum, lossCount: count)
        }
        return gradient
    }

    private func evaluate(_ state: inout TuningState, prompt: any PreparedPrompt) throws {
        var loss: Double?
        if let rows = job.evaluation {
            var (sum, count) = (0.0, 0)
            for range in rows.batches(tokensPerPass: job.recipe.tokensPerPass) {
                try host.checkCancellation()
                let result = try job.model.run(job.recipe.evaluationPass(rows.subset(range), prompt: prompt))
                sum += result.lossSums.first ?? .nan
                count += result.lossCounts.first ?? 0
            }
            let mean = sum / Double(count)
            guard mean.isFinite else { throw nonFinite("The evaluation loss", state) }
            loss = mean
        }
        report(
            .evaluation(
                state.record(
                    evaluationLoss: loss, epoch: epoch(of: state), tokensPerSecond: speed.tokensPerSecond)))
    }

    private func isEvaluationDue(_ state: TuningState) -> Bool {
        guard state.step > 0, state.history.last?.step != state.step else { return false }
        return extent.isEvaluationDue(after: state.step)
    }

    private func hasStoppedEarly(_ state: TuningState) -> Bool {
        state.step < extent.steps && job.recipe.patience.map { state.evaluationsWithoutGain >= $0 } ?? false
    }

    /// The epoch of the last step, counted from 1.
    private func epoch(of state: TuningState) -> Int { order.epoch(of: max(0, state.step - 1)) + 1 }

    /// A row that the model never reads stays as it began; weight decay would move it otherwise.
    private func keepDeadRows(of old: [Float], in new: inout [Float], liveRows: [Bool]) {
        for (row, isLive) in liveRows.enumerated() where !isLive {
            let range = (row * width)..<((row + 1) * width)
            new.replaceSubrange(range, with: old[range])
        }
    }

    private func nonFinite(_ what: String, _ state: TuningState) -> HostError {
        .data(
            "\(what) is not finite at step \(state.step + 1) of '\(job.names.task)' on '\(job.names.model)'; lower "
                + "'learning_rate' (it is \(job.recipe.learningRate)) or set 'clip_norm'.")
    }

    private func outcome(of state: TuningState, initial: InitialPrompt, liveRows: [Bool]) throws
        -> TuningOutcome
    {
        let card = try job.model.card
        let recipe = job.recipe
        let shape = [recipe.rows, width]
        let facts = PromptFacts(
            model: job.names.model, task: job.names.task, seed: job.seed,
            placement: card.placements.first ?? "",
            liveRows: liveRows, initialisation: recipe.initialisation.rawValue, initialText: recipe.text,
            initialTokens: initial.tokens)
        return TuningOutcome(
            prompt: TunedPrompt(
                values: DenseTensor(shape: shape, values: state.best?.values ?? state.values), facts: facts),
            initial: DenseTensor(shape: shape, values: initial.values), history: state.history,
            bestStep: state.best?.step ?? state.step, steps: state.step, stoppedEarly: hasStoppedEarly(state),
            trainedParameters: liveRows.count { $0 } * width, frozenParameters: card.parameters,
            weightsDigest: card.digest)
    }
}
