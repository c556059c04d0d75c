import SondeSDK

/// Models with an encoder and a decoder: the prompt stands before the encoder's text, the decoder scores candidates.
final class EncoderDecoderFamily: LanguageModelFamily {
    let model: any EncoderDecoderArchitecture
    let card: ModelCard
    private let workspace: Workspace
    private let tokenizer: Tokenizer

    init(_ architecture: any EncoderDecoderArchitecture, _ parts: LanguageModel.Parts) {
        model = architecture
        card = parts.card
        workspace = parts.workspace
        tokenizer = parts.tokenizer
    }

    var architecture: any Architecture { model }

    /// A text and a target end with the end token.
    func encode(_ text: String, as role: TextRole) throws -> [Int32] {
        switch role {
        case .plain: tokenizer.encode(text, addingSpecialTokens: false)
        case .text: tokenizer.encode(text, addingSpecialTokens: true)
        case .candidate, .target: tokenizer.encode(text, addingSpecialTokens: false) + [try card.endToken]
        }
    }

    func liveRows(of prompt: SoftPrompt) -> [Bool] { Array(repeating: true, count: prompt.rows) }

    func check(_ pass: Pass) throws {
        if let empty = (0..<pass.rows.count).first(where: { pass.rows.texts.count(of: $0) == 0 }),
            pass.prompts.contains(where: { $0 == nil }) || pass.prompts.isEmpty
        {
            throw SondeError.invalidData("Row \(empty) has an empty text and no prompt.")
        }
    }

    func compute(_ runs: [PassRun], on tape: Tape) throws -> ComputedRows {
        let run = runs[0]
        let encoder = try encode(run, taps: run.pass.taps, on: tape)
        let decoder = try CausalBatch(
            startRows(of: run.pass.rows), prompts: [.none], candidateLimit: run.candidateLimit
        ) { run.needs($0, $1) }
        let request = run.request(
            stack: LanguageModel.decoderStack, taps: run.pass.taps,
            wanted: decoder.predictions.map(\.row))
        let forward = ForwardPass(
            request, rows: decoder.rows, forest: decoder.forest,
            crossForest: encoder.batch.crossForest(to: decoder.rows), tape: tape,
            layerCount: model.decoderLayerCount)
        let input = decoder.rows.embeddings(prompt: nil, table: model.embeddings, on: tape)
        let hidden = try model.decoded(input, reading: encoder.encoded, in: forward)
        return ComputedRows(
            hidden: hidden, places: forward.places, predictions: decoder.predictions,
            candidatePredictions: decoder.candidatePredictions, layouts: [encoder.batch.layouts],
            receipts: zip(encoder.receipts, forward.receipts).map(+), prompt: encoder.prompt)
    }

    func generatedTexts(of run: PassRun, _ generation: Pass.Generation) throws -> Ragged<Int32> {
        try EncoderDecoderDecoding(family: self, run: run, generation: generation, in: workspace).texts()
    }

    /// What the encoder made of the texts of a run.
    struct EncodedTexts {
        let batch: EncoderBatch
        let encoded: Value
        let receipts: [EditReceipt]
        let prompt: Value?
    }

    /// Runs the encoder.
    func encode(_ run: PassRun, taps: [Tap], on tape: Tape) throws -> EncodedTexts {
        let batch = EncoderBatch(run.pass.rows, promptRows: run.prompt?.prompt.rows ?? 0)
        let forward = ForwardPass(
            run.request(stack: LanguageModel.encoderStack, taps: taps, wanted: Array(0..<batch.rows.count)),
            rows: batch.rows, forest: batch.forest, tape: tape, layerCount: model.encoderLayerCount)
        let prompt = run.promptValue(on: tape)
        let input = batch.rows.embeddings(prompt: prompt, table: model.embeddings, on: tape)
        return EncodedTexts(
            batch: batch, encoded: try model.encoded(input, in: forward), receipts: forward.receipts,
            prompt: prompt)
    }

    /// The rows as the decoder sees them: each begins with the start token.
    func startRows(of rows: Rows) -> Rows {
        var starts = Rows()
        for row in 0..<rows.count {
            starts.append(
                text: [model.startToken],
                candidates: rows.candidateRange(of: row).map { rows.candidates[$0] },
                label: Int(rows.labels[row]), key: rows.keys[row], line: rows.lines[row])
        }
        return starts
    }
}

extension LanguageModel {
    /// A model with an encoder and a decoder.
    public convenience init(_ architecture: any EncoderDecoderArchitecture, _ parts: Parts) {
        self.init(EncoderDecoderFamily(architecture, parts), parts)
    }
}
