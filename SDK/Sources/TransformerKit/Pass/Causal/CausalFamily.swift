import SondeSDK

/// One run of a pass: its rows with one prompt, or with none.
struct CausalRun {
    let model: CausalLanguageModel
    let pass: Pass
    let run: Int
    let prompt: CausalPrompt?
}

extension CausalRun {
    /// The request of one forward pass.
    func request(taps: [Tap], wanted: [Int]) -> ForwardPass.Request {
        ForwardPass.Request(
            run: run, taps: taps, edits: pass.edits, keys: pass.rows.keys, dropoutStream: pass.dropoutStream,
            wanted: wanted)
    }

    /// Whether nothing of a prompt but its keys and values, which are the same for every row, has to be computed.
    var readsOnlyMemory: Bool {
        sharesPrompt && !visitsPrompt
            && (0..<pass.rows.count).allSatisfy { pass.rows.texts.count(of: $0) > 0 }
    }

    /// Whether the prompt's activations are the same for every row.
    private var sharesPrompt: Bool {
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
        guard !recording, readsOnlyMemory else { return .shared(rows: prompt.prompt.rows) }
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
