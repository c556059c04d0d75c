import SondeSDK

/// One run of a pass: the batch with one prompt, or with none.
struct CausalRun {
    let model: CausalLanguageModel
    let pass: Pass
    let run: Int
    let prompt: CausalPrompt?

    /// Computes what was asked for and adds it to the result.
    func add(to result: inout PassResult) throws {
        let needsCandidates = pass.scoring != nil || pass.loss != nil
        if needsCandidates || !pass.taps.isEmpty || !pass.edits.isEmpty || pass.wantsLayouts {
            try addForwardPass(to: &result)
        }
        if let generation = pass.generation {
            let decoding = CausalDecoding(run: self, generation: generation)
            result.generated.append(try decoding.texts())
        }
    }

    private func addForwardPass(to result: inout PassResult) throws {
        let isRecording = pass.wantsPromptGradient && prompt != nil
        let batch = try CausalBatch(pass.rows, prompt: try promptPlan(recording: isRecording)) {
            needs($0, $1)
        }
        if pass.wantsLayouts { result.layouts.append(batch.layouts) }
        let tape = Tape(workspace: model.workspace, isRecording: isRecording)
        let forward = ForwardPass(
            request(taps: pass.taps, wanted: batch.predictions.map(\.row)), rows: batch.rows,
            forest: batch.forest,
            tape: tape, layerCount: model.architecture.layerCount)
        let values = promptValue(on: tape)
        let input = embeddings(of: batch.rows, prompt: values, on: tape)
        let hidden = try model.architecture.hiddenStates(of: input, in: forward)
        if !pass.edits.isEmpty {
            result.receipts =
                result.receipts.isEmpty ? forward.receipts : zip(result.receipts, forward.receipts).map(+)
        }
        guard pass.scoring != nil || pass.loss != nil else { return }
        let pairs = batch.predictions.map { ScoredToken(row: forward.places[$0.row], token: $0.token) }
        let logProbabilities = scoredRows(pairs, of: hidden, on: tape)
        let loss = try addScores(logProbabilities.tensor.values, batch, to: &result)
        guard pass.wantsPromptGradient else { return }
        guard let values, let loss else {
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

    private func addScores(
        _ logProbabilities: [Float], _ batch: CausalBatch, to result: inout PassResult
    ) throws -> CandidateScoring.Loss? {
        guard logProbabilities.allSatisfy(\.isFinite) else {
            throw SondeError(
                .numeric, "A log-probability is not finite; the prompt's values may be too large.")
        }
        let scoring = CandidateScoring(
            tokens: batch.candidatePredictions,
            candidates: (0..<pass.rows.count).map(pass.rows.candidateRange),
            labels: pass.rows.labels)
        if let method = pass.scoring {
            result.candidateScores.append(scoring.scores(logProbabilities, by: method))
        }
        guard let kind = pass.loss else { return nil }
        let loss =
            switch kind {
            case .language: try scoring.languageLoss(logProbabilities)
            case .choice: try scoring.choiceLoss(logProbabilities, by: pass.scoring ?? .sequence)
            }
        result.rowLosses.append(loss.rows)
        result.lossSums.append(loss.sum)
        result.lossCounts.append(loss.count)
        return loss
    }

    /// Whether a candidate's tokens are to be scored: all where scores are wanted, else only the right one's.
    private func needs(_ candidate: Int, _ row: Int) -> Bool {
        if pass.scoring != nil { return true }
        guard pass.loss != nil else { return false }
        return candidate - pass.rows.candidateOffsets[row] == Int(pass.rows.labels[row])
    }
}

extension CausalRun {
    /// The request of one forward pass.
    func request(taps: [Tap], wanted: [Int]) -> ForwardPass.Request {
        ForwardPass.Request(
            run: run, taps: taps, edits: pass.edits, keys: pass.rows.keys, dropoutStream: pass.dropoutStream,
            wanted: wanted)
    }

    /// Whether the prompt's activations are the same for every row.
    var sharesPrompt: Bool {
        if pass.dropoutStream != nil, model.architecture.hasDropout { return false }
        return !pass.edits.contains { if case .noise = $0.mode { true } else { false } }
    }

    /// Whether something looks at the prompt's own activations, or changes them.
    private var visitsPrompt: Bool {
        let visited = pass.taps.map(\.positions) + pass.edits.map(\.positions)
        return visited.contains { $0 == .prompt || $0 == .all }
    }

    /// How the prompt is computed in this run.
    func promptPlan(recording: Bool) throws -> CausalBatch.PromptPlan {
        guard let prompt else { return .none }
        guard sharesPrompt else { return .repeated(rows: prompt.prompt.rows) }
        let hasEmptyText = (0..<pass.rows.count).contains { pass.rows.texts.count(of: $0) == 0 }
        if recording || visitsPrompt || hasEmptyText { return .shared(rows: prompt.prompt.rows) }
        return .cached(try memory(of: prompt))
    }

    /// Keys and values of the prompt, computed now unless they are known.
    private func memory(of prompt: CausalPrompt) throws -> KeyValueCache {
        if let memory = prompt.memory { return memory }
        let memory = KeyValueCache(
            layerCount: model.architecture.layerCount, width: model.architecture.keyWidth,
            pool: model.workspace.pool)
        var forest = Forest()
        forest.append(rows: prompt.prompt.rows, savingTo: memory)
        var rows = PackedRows()
        rows.append(Array(repeating: -1, count: prompt.prompt.rows), .prompt, owner: nil, from: 0)
        let tape = Tape(workspace: model.workspace, isRecording: false)
        let forward = ForwardPass(
            ForwardPass.Request(), rows: rows, forest: forest, tape: tape,
            layerCount: model.architecture.layerCount)
        let input = embeddings(of: rows, prompt: promptValue(on: tape), on: tape)
        _ = try model.architecture.hiddenStates(of: input, in: forward)
        prompt.memory = memory
        return memory
    }

    /// The prompt on a tape, `[rows × width]`; its gradient is wanted if the tape records.
    func promptValue(on tape: Tape) -> Value? {
        prompt.map { prompt in
            tape.variable(
                Tensor(
                    rows: prompt.prompt.rows, width: prompt.prompt.width, values: prompt.prompt.values,
                    pool: model.workspace.pool))
        }
    }

    /// What enters the model: rows of the prompt and embeddings of tokens, in the order of the batch.
    func embeddings(of rows: PackedRows, prompt: Value?, on tape: Tape) -> Value {
        let tokens = tape.embed(rows.tokens.filter { $0 >= 0 }, table: model.architecture.embeddings)
        guard let prompt, rows.parts.contains(.prompt) else { return tokens }
        let both = tape.concatenate(prompt, tokens)
        var nextPrompt = 0
        var nextToken = prompt.rows
        let order = rows.parts.map { part in
            if part == .prompt {
                defer { nextPrompt = (nextPrompt + 1) % prompt.rows }
                return nextPrompt
            }
            defer { nextToken += 1 }
            return nextToken
        }
        return order == Array(0..<both.rows) ? both : tape.select(order, of: both)
    }
}
