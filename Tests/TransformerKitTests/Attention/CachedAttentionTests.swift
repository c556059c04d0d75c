import Testing
import TransformerKit

@Suite("Attention to cached keys and values")
struct CachedAttentionTests {
    private let workspace = makeWorkspace()
    private let shape = AttentionShape(headCount: 3, headWidth: 2, bias: .linear(headCount: 3))

    private func attend(_ fused: Sample, _ forest: Forest, layer: Int = 0) -> [Float] {
        let tape = Tape(workspace: workspace, isRecording: false)
        let heads = Projections(interleavedByHead: tape.constant(fused.tensor(workspace.pool)), headWidth: 2)
        return tape.attention(heads, shape: shape, forest: forest, layer: layer).tensor.values
    }

    private func cache(layers: Int = 1) -> KeyValueCache {
        KeyValueCache(layerCount: layers, width: 6, pool: workspace.pool)
    }

    @Test("a cached prompt equals one in the batch, in every layer", arguments: [0, 1, 7])
    func cachedRoot(promptRows: Int) {
        let cache = cache(layers: 2)
        for layer in 0..<2 {
            let fused = Sample.random(promptRows + 6, 18, seed: UInt64(layer + 1))
            var whole = Forest()
            let prompt = whole.append(rows: promptRows)
            let text = whole.append(rows: 3, under: prompt)
            whole.append(rows: 1, under: text)
            whole.append(rows: 2, under: prompt)
            var first = Forest()
            first.append(rows: promptRows, savingTo: cache)
            _ = attend(fused.selecting(Array(0..<promptRows)), first, layer: layer)
            #expect(cache.count == (layer == 0 ? 0 : promptRows), "complete once every layer is there")
        }
        for layer in 0..<2 {
            let fused = Sample.random(promptRows + 6, 18, seed: UInt64(layer + 1))
            var whole = Forest()
            let prompt = whole.append(rows: promptRows)
            whole.append(rows: 1, under: whole.append(rows: 3, under: prompt))
            whole.append(rows: 2, under: prompt)
            var rest = Forest()
            let root = rest.append(cached: cache)
            rest.append(rows: 1, under: rest.append(rows: 3, under: root))
            rest.append(rows: 2, under: root)
            #expect(rest.positions == Array(whole.positions.dropFirst(promptRows)))
            let expected = attend(fused, whole, layer: layer).suffix(6 * 6)
            let output = attend(fused.selecting(Array(promptRows..<promptRows + 6)), rest, layer: layer)
            #expect(largestDifference(output, Array(expected)) < 1e-6)
        }
    }

    @Test("decoding token by token, with a shared cached prompt, equals the whole sequences")
    func decoding() {
        // Two texts of 3 and 1 tokens under a prompt of 2, then four more tokens each.
        let fused = Sample.random(2 + 7 + 5, 18, seed: 5)
        var whole = Forest()
        let wholePrompt = whole.append(rows: 2)
        whole.append(rows: 7, under: wholePrompt)
        whole.append(rows: 5, under: wholePrompt)
        let expected = attend(fused, whole)

        let (prompt, texts) = (cache(), [cache(), cache()])
        var forest = Forest()
        let root = forest.append(rows: 2, savingTo: prompt)
        forest.append(rows: 3, under: root, savingTo: texts[0])
        forest.append(rows: 1, under: root, savingTo: texts[1])
        var output = attend(fused.selecting([0, 1, 2, 3, 4, 9]), forest)
        var order = [0, 1, 2, 3, 4, 9]
        for step in 0..<4 {
            var forest = Forest()
            let root = forest.append(cached: prompt)
            for text in texts {
                forest.append(rows: 1, under: forest.append(cached: text, under: root), savingTo: text)
            }
            let rows = [5 + step, 10 + step]
            output += attend(fused.selecting(rows), forest)
            order += rows
        }
        #expect(texts.map(\.count) == [7, 5])
        for (index, row) in order.enumerated() {
            let (got, wanted) = (output[index * 6..<index * 6 + 6], expected[row * 6..<row * 6 + 6])
            #expect(largestDifference(Array(got), Array(wanted)) < 1e-6, "row \(row)")
        }
    }

    @Test("no gradient flows to a cached prompt, and what follows it gets its own")
    func gradient() {
        let cache = cache()
        var first = Forest()
        first.append(rows: 3, savingTo: cache)
        _ = attend(Sample.random(3, 18, seed: 1), first)
        var forest = Forest()
        let root = forest.append(cached: cache)
        forest.append(rows: 1, under: forest.append(rows: 2, under: root))
        forest.append(rows: 2, under: root)
        let shape = shape
        GradientCheck(inputs: [Sample.random(5, 18, seed: 2)]) { tape, values in
            let heads = Projections(interleavedByHead: values[0], headWidth: 2)
            return tape.attention(heads, shape: shape, forest: forest, layer: 0)
        }.run()
    }
}
