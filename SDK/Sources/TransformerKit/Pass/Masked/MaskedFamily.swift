import SondeSDK

/// Models that fill in a mask: candidates are single tokens, scored by the softmax over the whole vocabulary there.
final class MaskedFamily: LanguageModelFamily {
    private let masked: any MaskedArchitecture
    private let layout: MaskedLayout
    private let tokenizer: Tokenizer
    private let mask: Int32
    private let begin: Int32?

    /// - Throws: ``SondeError`` where the checkpoint has no mask.
    init(_ architecture: any MaskedArchitecture, layout: MaskedLayout, _ parts: LanguageModel.Parts) throws {
        guard let mask = parts.card.specialTokens["mask"] else {
            throw SondeError.invalidData("The tokenizer has no mask token, which a masked model answers at.")
        }
        masked = architecture
        self.layout = layout
        tokenizer = parts.tokenizer
        self.mask = Int32(mask)
        begin = parts.card.specialTokens["begin"].map(Int32.init)
    }

    var architecture: any Architecture { masked }

    /// A candidate must be one token.
    func encode(_ text: String, as role: TextRole) throws -> [Int32] {
        let ids = tokenizer.encode(text, addingSpecialTokens: role == .text)
        if role == .candidate || role == .target, ids.count != 1 {
            let pieces = ids.map { "'\(tokenizer.text(ofToken: $0) ?? "?")'" }.joined(separator: ", ")
            throw SondeError.invalidData(
                "The candidate '\(text)' is split into \(ids.count) tokens (\(pieces)); a masked model scores one: "
                    + "choose a word that is one token, and mind a space before it.")
        }
        return ids
    }

    /// In the layout `leading-mask` the first row is never read.
    func liveRows(of prompt: SoftPrompt) -> [Bool] {
        (0..<prompt.rows).map { layout == .cloze || $0 > 0 }
    }

    func check(_ pass: Pass) throws {
        if pass.generation != nil { throw SondeError.unsupported("A masked model cannot decode freely.") }
        for row in 0..<pass.rows.count {
            let masks = pass.rows.texts[row].filter { $0 == mask }.count
            if layout == .cloze, masks != 1 {
                throw SondeError.invalidData(
                    "Row \(row) has \(masks) masks; its text must have one, where the answer is to be read.")
            }
            for candidate in pass.rows.candidateRange(of: row)
            where pass.rows.candidates.count(of: candidate) > 1 {
                throw SondeError.invalidData(
                    "Candidate \(candidate - pass.rows.candidateOffsets[row]) of row \(row) has "
                        + "\(pass.rows.candidates.count(of: candidate)) tokens; a masked model scores one.")
            }
        }
    }

    func compute(_ runs: [PassRun], on tape: Tape) throws -> ComputedRows {
        let run = runs[0]
        let batch = MaskedBatch(
            run.pass.rows, promptRows: run.prompt?.prompt.rows ?? 0, layout: layout, mask: mask, begin: begin
        ) { run.needs($0, $1) }
        let request = run.request(
            stack: LanguageModel.encoderStack, taps: run.pass.taps, wanted: batch.predictions.map(\.row))
        let forward = ForwardPass(
            request, rows: batch.rows, forest: batch.forest, tape: tape, layerCount: masked.layerCount)
        let prompt = run.promptValue(on: tape)
        let input = batch.rows.embeddings(prompt: prompt, table: masked.embeddings, on: tape)
        let hidden = try masked.hiddenStates(of: input, positions: batch.positions, in: forward)
        return ComputedRows(
            hidden: hidden, places: forward.places, predictions: batch.predictions,
            candidatePredictions: [batch.candidatePredictions], layouts: [batch.layouts],
            receipts: forward.receipts, prompt: prompt)
    }

    func generatedTexts(of run: PassRun, _ generation: Pass.Generation) throws -> Ragged<Int32> { Ragged() }
}

extension LanguageModel {
    /// A masked model.
    /// - Throws: ``SondeError`` where the checkpoint has no mask.
    public convenience init(
        _ architecture: any MaskedArchitecture, layout: MaskedLayout, _ parts: Parts
    ) throws {
        self.init(try MaskedFamily(architecture, layout: layout, parts), parts)
    }
}
