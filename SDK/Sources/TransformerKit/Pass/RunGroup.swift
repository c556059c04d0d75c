import SondeSDK

/// Runs of a pass that are computed in one batch.
///
/// Prompts whose keys and values are known differ in nothing else, so that many can go over the same rows at once: the
/// weights, above all those of the vocabulary, are then read once for all of them.
struct CausalGroup {
    /// At least one.
    let runs: [CausalRun]

    /// Packed rows of a batch of several runs, which bound its memory.
    private static let largestBatch = 2048

    /// All runs of a pass in as few batches as possible.
    static func groups(of runs: [CausalRun]) -> [CausalGroup] {
        guard let pass = runs.first?.pass else { return [] }
        let standAlone =
            pass.wantsPromptGradient || pass.generation != nil || !pass.taps.isEmpty
            || !runs.allSatisfy(\.readsOnlyMemory)
        let rows = pass.rows.texts.values.count + pass.rows.candidates.values.count
        let size = standAlone ? 1 : max(1, largestBatch / max(rows, 1))
        return (0..<runs.count).chunks(of: size).map { CausalGroup(runs: Array(runs[$0])) }
    }

    private var lead: CausalRun { runs[0] }
    private var model: CausalLanguageModel { lead.model }
    private var pass: Pass { lead.pass }

    /// Computes what was asked for and adds it to the result.
    func add(to result: inout PassResult) throws {
        let needsCandidates = pass.scoring != nil || pass.loss != nil
        if needsCandidates || !pass.taps.isEmpty || !pass.edits.isEmpty || pass.wantsLayouts {
            try addForwardPass(to: &result)
        }
        if let generation = pass.generation {
            for run in runs {
                result.generated.append(try CausalDecoding(run: run, generation: generation).texts())
            }
        }
    }

    private func addForwardPass(to result: inout PassResult) throws {
        let isRecording = pass.wantsPromptGradient && lead.prompt != nil
        let plans = try runs.map { try $0.promptPlan(recording: isRecording) }
        let batch = try CausalBatch(pass.rows, prompts: plans) { needs($0, $1) }
        if pass.wantsLayouts { result.layouts += batch.layouts }
        let tape = Tape(workspace: model.workspace, isRecording: isRecording)
        let forward = ForwardPass(
            lead.request(taps: pass.taps, wanted: batch.predictions.map(\.row)), rows: batch.rows,
            forest: batch.forest,
            tape: tape, layerCount: model.architecture.layerCount)
        let values = lead.promptValue(on: tape)
        let input = lead.embeddings(of: batch.rows, prompt: values, on: tape)
        let hidden = try model.architecture.hiddenStates(of: input, in: forward)
        if !pass.edits.isEmpty {
            result.receipts =
                result.receipts.isEmpty ? forward.receipts : zip(result.receipts, forward.receipts).map(+)
        }
        guard pass.scoring != nil || pass.loss != nil else { return }
        let pairs = batch.predictions.map { ScoredToken(row: forward.places[$0.row], token: $0.token) }
        let logProbabilities = scoredRows(pairs, of: hidden, on: tape)
        let losses = try addScores(logProbabilities.tensor.values, batch, to: &result)
        guard pass.wantsPromptGradient else { return }
        guard let values, let loss = losses.first else {
            result.promptGradients.append([])
            return
        }
        let slopes = Tensor(
            rows: loss.gradient.count, width: 1, values: loss.gradient, pool: model.workspace.pool)
        tape.backward(from: [(logProbabilities, slopes)])
        result.promptGradients.append(tape.gradient(of: values).values)
    }

    /// Log-probabilities of pairs; the head sees only rows that are scored.
    private func scoredRows(_ pairs: [ScoredToken], of hidden: Value, on tape: Tape) -> Value {
        let scored = Set(pairs.map(\.row)).sorted()
        guard scored.count < hidden.rows else {
            return tape.logProbabilities(of: pairs, hidden: hidden, head: model.architecture.head)
        }
        let places = Dictionary(uniqueKeysWithValues: scored.enumerated().map { ($1, $0) })
        let moved = pairs.map { ScoredToken(row: places[$0.row] ?? 0, token: $0.token) }
        return tape.logProbabilities(
            of: moved, hidden: tape.select(scored, of: hidden), head: model.architecture.head)
    }

    /// Adds the scores and losses of all runs; returns the losses with their gradients.
    private func addScores(
        _ logProbabilities: [Float], _ batch: CausalBatch, to result: inout PassResult
    ) throws -> [CandidateScoring.Loss] {
        guard logProbabilities.allSatisfy(\.isFinite) else {
            throw SondeError(
                .numeric, "A log-probability is not finite; the prompt's values may be too large.")
        }
        return try batch.candidatePredictions.compactMap { tokens in
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

    /// Whether a candidate's tokens are to be scored: all where scores are wanted, else only the right one's.
    private func needs(_ candidate: Int, _ row: Int) -> Bool {
        if pass.scoring != nil { return true }
        guard pass.loss != nil else { return false }
        return candidate - pass.rows.candidateOffsets[row] == Int(pass.rows.labels[row])
    }
}
