import Safetensors
public import SondeSDK

/// Answers a ``ScoreRequest`` with a model.
public final class RowScoring {
    private let request: ScoreRequest
    private let model: any Model
    private let host: any PluginHost
    private let card: ModelCard
    private let rows: Rows
    private let prompt: (any PreparedPrompt)?
    private let collectors: [ActivationCollector]
    private var gradients: [SafetensorsWriter.Tensor] = []
    private var edits: [(request: EditRequest, edits: [Edit])] = []
    private var receipts: [EditReceipt]
    /// Most tokens of a pass that holds several rows.
    private static let tokensPerPass = 4096

    /// Encodes the rows and prepares the prompt.
    /// - Throws: ``HostError`` for what the model cannot do, and for a row that it cannot score.
    public init(_ request: ScoreRequest, with model: any Model, host: any PluginHost) throws {
        try request.checkParts()
        self.request = request
        self.model = model
        self.host = host
        card = try model.card
        for need in request.needs where !card.capabilities.contains(need) {
            throw HostError.data("This model of type '\(card.modelType)' does not offer '\(need.rawValue)'.")
        }
        rows = try request.encodedRows(by: model)
        prompt = try request.prompt.map { try model.prepare($0) }
        collectors = request.taps.map(ActivationCollector.init)
        receipts = Array(repeating: EditReceipt(), count: request.edits.count)
    }

    /// Scores all rows in their order, then writes the files that were asked for.
    /// - Parameter receive: gets each row as soon as it is done.
    /// - Throws: ``HostError``; for an edit that visited nothing at all, too.
    public func run(_ receive: (ScoredRow) throws -> Void) throws {
        edits = try request.edits.map { ($0, try $0.edits(in: card, means: means(for: $0))) }
        let batches =
            request.needsSingleRows
            ? (0..<rows.count).map { $0..<$0 + 1 } : rows.batches(tokensPerPass: Self.tokensPerPass)
        for batch in batches {
            try host.checkCancellation()
            for row in try score(batch) { try receive(row) }
        }
        try checkReceipts()
        for collector in collectors { try collector.write() }
        if let file = request.gradientFile {
            try SafetensorsWriter.write(gradients, to: file)
        }
    }

    private func means(for edit: EditRequest) throws -> [Int: [Double]] {
        let layers = try edit.layerIndices(in: card)
        guard edit.mode == .mean else { return [:] }
        return try NeuronMeans.means(
            at: edit.site, layers: layers, of: rows, model: model, prompt: prompt,
            tokensPerPass: Self.tokensPerPass)
    }
}

extension RowScoring {
    /// Runs one pass over some rows.
    private func score(_ range: Range<Int>) throws -> [ScoredRow] {
        let batch = rows.subset(range)
        // An edit of text positions has nothing to visit in a row without text.
        let applied = edits.indices.filter {
            edits[$0].request.positions != .text || batch.texts.values.count > 0
        }
        let result = try model.run(
            Pass(
                rows: batch, prompts: [prompt], scoring: request.scoring, loss: request.loss,
                wantsPromptGradient: request.gradientFile != nil,
                generation: request.generationLimit.map { Pass.Generation(limit: $0) },
                taps: try collectors.map { try $0.tap(in: card) }, edits: applied.flatMap { edits[$0].edits })
        )
        if request.needsSingleRows { finishRow(range.lowerBound, result) }
        let ownReceipts = add(result.receipts, of: applied)
        return try range.enumerated().map { index, row in
            let asked = request.rows[row]
            var scored = try scoredRow(index, of: batch, named: asked.id, result)
            if scored.generated != nil { scored.expected = asked.label.map { asked.candidates[$0] } }
            scored.receipts = zip(request.edits, ownReceipts).map { ($0.text, $1) }
            return scored
        }
    }

    private func scoredRow(_ index: Int, of batch: Rows, named id: String, _ result: PassResult) throws
        -> ScoredRow
    {
        let candidates = batch.candidateRange(of: index)
        guard let all = result.candidateScores.first, candidates.upperBound <= all.count else {
            throw HostError.plugin("The model gave no scores for row '\(id)'.")
        }
        let scores = Array(all[candidates])
        guard let highest = scores.max(), scores.allSatisfy(\.isFinite) else {
            throw HostError.plugin("The model's scores for row '\(id)' are not finite.")
        }
        return ScoredRow(
            id: id, logProbabilities: scores, prediction: scores.firstIndex(of: highest) ?? 0,
            loss: request.loss == nil ? nil : result.rowLosses.first?[index],
            generated: try result.generated.first.map { try model.decode(Array($0[index])) })
    }

    /// Keeps what belongs to the one row of a pass.
    private func finishRow(_ row: Int, _ result: PassResult) {
        let id = request.rows[row].id
        for collector in collectors { collector.finishRow(id) }
        guard let prompt = request.prompt, let gradient = result.promptGradients.first, !gradient.isEmpty
        else { return }
        let count = Float(max(1, result.lossCounts.first ?? 1))
        gradients.append(
            SafetensorsWriter.Tensor(
                name: id, shape: [prompt.rows, prompt.width], values: gradient.map { $0 / count }))
    }

    /// Adds the receipts of a pass, one for each layer, to those of the requests.
    /// - Returns: what each request did in this pass.
    private func add(_ receipts: [EditReceipt], of applied: [Int]) -> [EditReceipt] {
        var own = Array(repeating: EditReceipt(), count: edits.count)
        var next = 0
        for request in applied {
            let count = edits[request].edits.count
            own[request] = receipts.dropFirst(next).prefix(count).reduce(EditReceipt(), +)
            next += count
        }
        self.receipts = zip(self.receipts, own).map { $0 + $1 }
        return own
    }

    private func checkReceipts() throws {
        for (request, receipt) in zip(request.edits, receipts) {
            if receipt.visited == 0 {
                throw HostError.data("--edit '\(request.text)' visited no activation.")
            }
            if receipt.changed == 0 {
                host.log(
                    .warning,
                    "--edit '\(request.text)' changed none of the \(receipt.visited) activations it visited.")
            }
        }
    }
}
