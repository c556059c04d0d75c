import SondeSDK

/// Left-to-right models: a prompt stands before the text, and the answer continues it.
final class CausalFamily: LanguageModelFamily {
    let causal: any CausalArchitecture
    let workspace: Workspace
    let card: ModelCard
    private let tokenizer: Tokenizer
    /// Counts changes of the weights.
    private var weights = 0

    init(_ architecture: any CausalArchitecture, _ parts: LanguageModel.Parts) {
        causal = architecture
        workspace = parts.workspace
        card = parts.card
        tokenizer = parts.tokenizer
    }

    var architecture: any Architecture { causal }

    /// A target ends with the end token.
    func encode(_ text: String, as role: TextRole) throws -> [Int32] {
        let ids = tokenizer.encode(text, addingSpecialTokens: role == .text)
        return role == .target ? ids + [try card.endToken] : ids
    }

    func liveRows(of prompt: SoftPrompt) -> [Bool] { Array(repeating: true, count: prompt.rows) }

    func check(_ pass: Pass) {}

    func weightsChanged() { weights += 1 }

    func canShareBatch(_ runs: [PassRun]) -> Bool { runs.allSatisfy(readsOnlyMemory) }

    func compute(_ runs: [PassRun], on tape: Tape) throws -> ComputedRows {
        let (lead, pass) = (runs[0], runs[0].pass)
        let plans = try runs.map { try promptPlan(of: $0, recording: tape.isRecording) }
        let batch = try CausalBatch(pass.rows, prompts: plans, candidateLimit: lead.candidateLimit) {
            lead.needs($0, $1)
        }
        let request = lead.request(
            stack: LanguageModel.decoderStack, taps: pass.taps, wanted: batch.predictions.map(\.row))
        let forward = ForwardPass(
            request, rows: batch.rows, forest: batch.forest, tape: tape, layerCount: causal.layerCount)
        let prompt = lead.promptValue(on: tape)
        let input = batch.rows.embeddings(prompt: prompt, table: causal.embeddings, on: tape)
        let hidden = try causal.hiddenStates(of: input, in: forward)
        return ComputedRows(
            hidden: hidden, places: forward.places, predictions: batch.predictions,
            candidatePredictions: batch.candidatePredictions, layouts: batch.layouts,
            receipts: forward.receipts, prompt: prompt)
    }

    func generatedTexts(of run: PassRun, _ generation: Pass.Generation) throws -> Ragged<Int32> {
        try CausalDecoding(family: self, run: run, generation: generation).texts()
    }

    /// How the prompt is computed in a run.
    func promptPlan(of run: PassRun, recording: Bool) throws -> CausalBatch.PromptPlan {
        guard let prompt = run.prompt else { return .none }
        guard sharesPrompt(run.pass) else { return .repeated(rows: prompt.prompt.rows) }
        guard !recording, readsOnlyMemory(run) else { return .shared(rows: prompt.prompt.rows) }
        return .cached(try memory(of: prompt, in: run))
    }

    /// Whether nothing of a prompt but its keys and values, which are the same for every row, has to be computed.
    private func readsOnlyMemory(_ run: PassRun) -> Bool {
        let pass = run.pass
        let visited = pass.taps.map(\.positions) + pass.edits.map(\.positions)
        return sharesPrompt(pass) && !visited.contains { $0 == .prompt || $0 == .all }
            && (0..<pass.rows.count).allSatisfy { pass.rows.texts.count(of: $0) > 0 }
    }

    /// Whether a prompt's activations are the same for every row.
    private func sharesPrompt(_ pass: Pass) -> Bool {
        if pass.dropoutStream != nil, causal.hasDropout { return false }
        return !pass.edits.contains { if case .noise = $0.mode { true } else { false } }
    }

    /// Keys and values of a prompt, computed now unless they are known.
    private func memory(of prompt: ModelPrompt, in run: PassRun) throws -> KeyValueCache {
        if let memory = prompt.memory, memory.weights == weights { return memory.cache }
        let cache = KeyValueCache(
            layerCount: causal.layerCount, width: causal.keyWidth, pool: workspace.pool)
        var forest = Forest()
        forest.append(rows: prompt.prompt.rows, savingTo: cache)
        var rows = PackedRows()
        rows.append(promptRows: 0..<prompt.prompt.rows, owner: nil, from: 0)
        let tape = Tape(workspace: workspace, isRecording: false)
        let forward = ForwardPass(
            ForwardPass.Request(), rows: rows, forest: forest, tape: tape, layerCount: causal.layerCount)
        let input = rows.embeddings(
            prompt: run.promptValue(on: tape), table: causal.embeddings, on: tape)
        _ = try causal.hiddenStates(of: input, in: forward)
        prompt.memory = ModelPrompt.Memory(cache: cache, weights: weights)
        return cache
    }
}

extension LanguageModel {
    /// The name of the stack of a causal model, and of the second one of an encoder with a decoder.
    public static let decoderStack = "decoder"
    /// The name of the stack of a masked model, and of the first one of an encoder with a decoder.
    public static let encoderStack = "encoder"
    /// The place of a prompt before the text.
    public static let prefix = "prefix"

    /// A causal model.
    public convenience init(_ architecture: any CausalArchitecture, _ parts: Parts) {
        self.init(CausalFamily(architecture, parts), parts)
    }
}

extension ModelCard {
    /// The token that ends what is learned.
    /// - Throws: ``SondeError`` where the checkpoint names none.
    var endToken: Int32 {
        get throws {
            guard let end = specialTokens["end"] else {
                throw SondeError.unsupported(
                    "The checkpoint names no end token (field 'eos_token_id' of config.json); switch it off.")
            }
            return Int32(end)
        }
    }
}
