import SondeSDK

/// The rows of a prompt, each with its neighbours and its way.
struct PromptReading {
    private(set) var rows: [SemanticsMeasurement.Row] = []
    private(set) var deadRows = 0

    init(
        _ prompt: TunedPrompt, initial: DenseTensor, vocabulary: Vocabulary, neighbours: Int,
        host: any PluginHost
    ) throws {
        let width = prompt.values.shape[1]
        guard initial.shape == prompt.values.shape else {
            throw SondeError.invalidData(
                "The prompt has shape \(prompt.values.shape) and began with shape \(initial.shape).")
        }
        let live = prompt.facts.liveRows.indices.filter { prompt.facts.liveRows[$0] }
        deadRows = prompt.facts.liveRows.count - live.count
        let values = live.flatMap { prompt.values.values[($0 * width)..<(($0 + 1) * width)] }
        let cosines = try vocabulary.cosines(of: values)
        for (index, row) in live.enumerated() {
            try host.checkCancellation()
            host.report(progress: Double(index) / Double(live.count), "reading row \(row)")
            let began = Array(initial.values[(row * width)..<((row + 1) * width)])
            let now = Array(values[(index * width)..<((index + 1) * width)])
            rows.append(
                try Self.row(
                    row, from: began, to: now, cosines: cosines[index],
                    began: prompt.facts.initialTokens?[row],
                    vocabulary: vocabulary, neighbours: neighbours))
        }
    }

    private static func row(
        _ row: Int, from before: [Float], to after: [Float], cosines: [Float], began token: Int32?,
        vocabulary: Vocabulary, neighbours: Int
    ) throws -> SemanticsMeasurement.Row {
        let distance = zip(before, after).reduce(0.0) { $0 + Double($1.1 - $1.0) * Double($1.1 - $1.0) }
            .squareRoot()
        let norms = (norm(before), norm(after))
        let product = zip(before, after).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        var measured = SemanticsMeasurement.Row(
            row: row, nearest: try vocabulary.nearest(neighbours, in: cosines), initial: nil,
            initialRank: nil,
            drift: distance, driftCosine: norms.0 * norms.1 > 0 ? product / (norms.0 * norms.1) : 0,
            initialNorm: norms.0)
        if let token, cosines.indices.contains(Int(token)), let text = try vocabulary.text(of: token) {
            measured.initial = SemanticsMeasurement.Neighbour(
                id: token, text: text, cosine: Double(cosines[Int(token)]))
            measured.initialRank = try vocabulary.rank(of: token, in: cosines)
        }
        return measured
    }

    private static func norm(_ values: [Float]) -> Double {
        values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}
