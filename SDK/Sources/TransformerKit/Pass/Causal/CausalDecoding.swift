import SondeSDK

/// Greedy decoding: after each text the likeliest token, until a stop token or the limit.
struct CausalDecoding {
    let family: CausalFamily
    let run: PassRun
    let generation: Pass.Generation

    private var causal: any CausalArchitecture { family.causal }

    /// The new tokens of each row, without the stop token.
    func texts() throws -> Ragged<Int32> {
        let rows = run.pass.rows
        let memories = (0..<rows.count).map { _ in
            KeyValueCache(
                layerCount: causal.layerCount, width: causal.keyWidth, pool: family.workspace.pool)
        }
        let plan = try promptPlan()
        let batch = try CausalBatch(rows, prompts: [plan], memories: memories) { _, _ in false }
        var next = try likeliest(after: batch.rows.answers, batch.rows, batch.forest)
        var decoded = DecodedTexts(count: rows.count, generation, end: family.card.specialTokens["end"])
        while true {
            let unfinished = decoded.append(next)
            if unfinished.isEmpty { return Ragged(decoded.texts) }
            next = try step(unfinished, decoded.texts, plan, memories, layouts: batch.layouts[0])
        }
    }

    /// A prompt that the rows cannot share a memory of stands before every text.
    private func promptPlan() throws -> CausalBatch.PromptPlan {
        let plan = try family.promptPlan(of: run, recording: false)
        if case .shared(let rows) = plan { return .repeated(rows: rows) }
        return plan
    }

    /// The token after the last one of each unfinished row.
    private func step(
        _ unfinished: [Int], _ texts: [[Int32]], _ plan: CausalBatch.PromptPlan, _ memories: [KeyValueCache],
        layouts: [RowLayout]
    ) throws -> [Int32] {
        var forest = Forest()
        var packed = PackedRows()
        for row in unfinished {
            var parent: Int?
            if case .cached(let memory) = plan { parent = forest.append(cached: memory) }
            parent = forest.append(cached: memories[row], under: parent)
            forest.append(rows: 1, under: parent, savingTo: memories[row])
            let last = texts[row].suffix(1)
            packed.append(Array(last), .candidate, owner: row, from: layouts[row].answer + texts[row].count)
        }
        return try likeliest(after: Array(0..<packed.count), packed, forest)
    }

    private func likeliest(after wanted: [Int], _ rows: PackedRows, _ forest: Forest) throws -> [Int32] {
        let tape = Tape(workspace: family.workspace, isRecording: false)
        let forward = ForwardPass(
            run.request(stack: LanguageModel.decoderStack, taps: [], wanted: wanted), rows: rows,
            forest: forest, tape: tape, layerCount: causal.layerCount)
        let input = rows.embeddings(
            prompt: run.promptValue(on: tape), table: causal.embeddings, on: tape)
        let hidden = try causal.hiddenStates(of: input, in: forward)
        let states = tape.select(wanted.map { forward.places[$0] }, of: hidden)
        return tape.likeliestTokens(after: causal.headInput(of: states, on: tape), head: causal.head)
    }
}
