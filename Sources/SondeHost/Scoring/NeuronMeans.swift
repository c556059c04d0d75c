import SondeSDK

/// Means of a site's neurons over the text positions of many rows.
enum NeuronMeans {
    /// The mean of every neuron, by layer.
    static func means(
        at site: SitePath, layers: [Int], of rows: Rows, model: any Model, prompt: (any PreparedPrompt)?,
        tokensPerPass: Int
    ) throws -> [Int: [Double]] {
        let card = try model.card
        let width = try site.width(in: card)
        var sums: [Int: [Double]] = [:]
        var counts: [Int: Int] = [:]
        let stack = try site.stack(in: card).name
        let tap = Tap(stack: stack, site: site.site, layers: layers, positions: .text) { block in
            for index in 0..<block.count {
                let row = Int(block.indices[index])
                for column in 0..<width {
                    sums[block.layer, default: Array(repeating: 0, count: width)][column] += Double(
                        block.values[row, column])
                }
            }
            counts[block.layer, default: 0] += block.count
        }
        for range in rows.batches(tokensPerPass: tokensPerPass) {
            _ = try model.run(Pass(rows: rows.subset(range), prompts: [prompt], scoring: nil, taps: [tap]))
        }
        return sums.reduce(into: [:]) { means, item in
            let count = Double(max(1, counts[item.key] ?? 0))
            means[item.key] = item.value.map { $0 / count }
        }
    }
}
