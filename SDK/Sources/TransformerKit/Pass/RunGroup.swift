import SondeSDK

/// Runs of a pass that are computed in one batch.
///
/// Prompts whose keys and values are known differ in nothing else, so that many can go over the same rows at once: the
/// weights, above all those of the vocabulary, are then read once for all of them.
struct RunGroup {
    /// At least one.
    let runs: [PassRun]
    let family: any LanguageModelFamily
    let workspace: Workspace

    /// Packed rows of a batch of several runs, which bound its memory.
    private static let largestBatch = 2048

    /// All runs of a pass in as few batches as possible.
    static func groups(
        of runs: [PassRun], by family: any LanguageModelFamily, in workspace: Workspace
    ) -> [RunGroup] {
        guard let pass = runs.first?.pass else { return [] }
        let isRecording = pass.wantsPromptGradient || pass.wantsWeightGradient
        let rows = pass.rows.texts.values.count + pass.rows.candidates.values.count
        let size =
            isRecording || pass.generation != nil || !pass.taps.isEmpty || !family.canShareBatch(runs)
            ? 1 : max(1, largestBatch / max(rows, 1))
        return (0..<runs.count).chunks(of: size).map {
            RunGroup(runs: Array(runs[$0]), family: family, workspace: workspace)
        }
    }

    private var pass: Pass { runs[0].pass }

    /// Computes what was asked for and adds it to the result.
    func add(to result: inout PassResult) throws {
        let needsCandidates = pass.scoring != nil || pass.loss != nil
        if needsCandidates || !pass.taps.isEmpty || !pass.edits.isEmpty || pass.wantsLayouts {
            try addForwardPass(to: &result)
        }
        if let generation = pass.generation {
            for run in runs { result.generated.append(try family.generatedTexts(of: run, generation)) }
        }
    }

    private func addForwardPass(to result: inout PassResult) throws {
        let isRecording = pass.wantsWeightGradient || (pass.wantsPromptGradient && runs[0].prompt != nil)
        let tape = Tape(workspace: workspace, isRecording: isRecording)
        let computed = try family.compute(runs, on: tape)
        if pass.wantsLayouts { result.layouts += computed.layouts }
        if !pass.edits.isEmpty {
            result.receipts =
                result.receipts.isEmpty
                ? computed.receipts : zip(result.receipts, computed.receipts).map(+)
        }
        guard pass.scoring != nil || pass.loss != nil else { return }
        let logProbabilities = logProbabilities(of: computed, on: tape)
        let losses = try addScores(logProbabilities.tensor.values, computed, to: &result)
        guard isRecording, let loss = losses.first else {
            if pass.wantsPromptGradient { result.promptGradients.append([]) }
            return
        }
        let slopes = Tensor(
            rows: loss.gradient.count, width: 1, values: loss.gradient, pool: workspace.pool)
        tape.backward(from: [(logProbabilities, slopes)])
        guard pass.wantsPromptGradient else { return }
        result.promptGradients.append(computed.prompt.map { tape.gradient(of: $0).values } ?? [])
    }

    /// Log-probabilities of the predictions; the head sees only rows that are scored.
    private func logProbabilities(of computed: ComputedRows, on tape: Tape) -> Value {
        let pairs = computed.predictions.map {
            ScoredToken(row: computed.places[$0.row], token: $0.token)
        }
        let scored = Set(pairs.map(\.row)).sorted()
        let places = Dictionary(uniqueKeysWithValues: scored.enumerated().map { ($1, $0) })
        let hidden = computed.hidden
        let states = scored.count < hidden.rows ? tape.select(scored, of: hidden) : hidden
        return tape.logProbabilities(
            of: pairs.map { ScoredToken(row: places[$0.row] ?? 0, token: $0.token) },
            hidden: family.architecture.headInput(of: states, on: tape), head: family.architecture.head)
    }

    /// Adds the scores and losses of all runs; returns the losses with their gradients.
    private func addScores(
        _ logProbabilities: [Float], _ computed: ComputedRows, to result: inout PassResult
    ) throws -> [CandidateScoring.Loss] {
        guard logProbabilities.allSatisfy(\.isFinite) else {
            throw SondeError(
                .numeric, "A log-probability is not finite; the prompt's values may be too large.")
        }
        return try computed.candidatePredictions.compactMap { tokens in
            let scoring = CandidateScoring(
                tokens: tokens, candidates: (0..<pass.rows.count).map(pass.rows.candidateRange),
                labels: pass.rows.labels)
            if let method = pass.scoring {
                result.candidateScores.append(scoring.scores(logProbabilities, by: method))
            }
            guard let loss = try loss(of: scoring, logProbabilities) else { return nil }
            result.rowLosses.append(loss.rows)
            result.lossSums.append(loss.sum)
            result.lossCounts.append(loss.count)
            return loss
        }
    }

    private func loss(
        of scoring: CandidateScoring, _ logProbabilities: [Float]
    ) throws -> CandidateScoring.Loss? {
        switch pass.loss {
        case nil: nil
        case .language: try scoring.languageLoss(logProbabilities)
        case .choice: try scoring.choiceLoss(logProbabilities, by: pass.scoring ?? .sequence)
        }
    }
}
