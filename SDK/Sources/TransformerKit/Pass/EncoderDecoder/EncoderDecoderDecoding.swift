import SondeSDK

/// Greedy decoding after the encoder: the likeliest token each time, until a stop token or the limit.
struct EncoderDecoderDecoding {
    let family: EncoderDecoderFamily
    let run: PassRun
    let generation: Pass.Generation
    private let workspace: Workspace

    init(family: EncoderDecoderFamily, run: PassRun, generation: Pass.Generation, in workspace: Workspace) {
        self.family = family
        self.run = run
        self.generation = generation
        self.workspace = workspace
    }

    private var model: any EncoderDecoderArchitecture { family.model }

    /// The new tokens of each row, without the stop token.
    func texts() throws -> Ragged<Int32> {
        let rows = run.pass.rows
        let tape = Tape(workspace: workspace, isRecording: false)
        let encoder = try family.encode(run, taps: [], on: tape)
        let (own, cross) = (memories(rows.count), memories(rows.count))
        let start = try CausalBatch(family.startRows(of: rows), prompts: [.none], memories: own) { _, _ in
            false
        }
        var next = try likeliest(
            start.rows, start.forest, encoder.batch.crossForest(to: start.rows, savingTo: cross),
            reading: encoder.encoded)
        var decoded = DecodedTexts(count: rows.count, generation, end: family.card.specialTokens["end"])
        while true {
            let unfinished = decoded.append(next)
            if unfinished.isEmpty { return Ragged(decoded.texts) }
            var (packed, forest, crossForest) = (PackedRows(), Forest(), Forest())
            for row in unfinished {
                forest.append(
                    rows: 1, under: forest.append(cached: own[row]), savingTo: own[row])
                crossForest.append(onlySeeing: 1, under: crossForest.append(cached: cross[row]))
                packed.append(
                    Array(decoded.texts[row].suffix(1)), .candidate, owner: row,
                    from: decoded.texts[row].count)
            }
            next = try likeliest(packed, forest, crossForest, reading: nil)
        }
    }

    private func memories(_ count: Int) -> [KeyValueCache] {
        (0..<count).map { _ in
            KeyValueCache(layerCount: model.decoderLayerCount, width: model.keyWidth, pool: workspace.pool)
        }
    }

    /// The likeliest token after each of the decoder's rows.
    private func likeliest(
        _ rows: PackedRows, _ forest: Forest, _ crossForest: Forest, reading encoded: Value?
    ) throws -> [Int32] {
        let tape = Tape(workspace: workspace, isRecording: false)
        let forward = ForwardPass(
            run.request(stack: LanguageModel.decoderStack, taps: [], wanted: Array(0..<rows.count)),
            rows: rows, forest: forest, crossForest: crossForest, tape: tape,
            layerCount: model.decoderLayerCount)
        let input = rows.embeddings(prompt: nil, table: model.embeddings, on: tape)
        let hidden = try model.decoded(input, reading: encoded, in: forward)
        return tape.likeliestTokens(after: model.headInput(of: hidden, on: tape), head: model.head)
    }
}
