import Foundation
import Testing
import TransformerKit

@Suite("Attention to the rows of another value")
struct CrossAttentionTests {
    /// Rows of the encoder and of the decoder, sequence by sequence; a sequence may have no decoder rows.
    private static let sequences = [[(3, 1)], [(1, 2), (4, 3), (2, 0), (5, 1)]]

    private func forest(_ sequences: [(keys: Int, queries: Int)]) -> Forest {
        var forest = Forest()
        var start = 0
        for (keys, queries) in sequences {
            forest.append(onlySeeing: queries, under: forest.append(keys: start..<start + keys))
            start += keys
        }
        return forest
    }

    private func attention(
        on tape: Tape, _ values: [Value], _ forest: Forest, heads: Int
    ) -> Value {
        let width = values[0].width / heads
        return tape.attention(
            Projections(query: values[0], key: values[1], value: values[2], headWidth: width),
            shape: AttentionShape(headCount: heads, headWidth: width, scale: 1, direction: .bidirectional),
            forest: forest, layer: 0)
    }

    @Test("every row sees all rows of its own sequence, and only those", arguments: sequences, [1, 2])
    func forward(sequences: [(keys: Int, queries: Int)], heads: Int) {
        let width = heads * 3
        let (keys, queries) = (sequences.reduce(0) { $0 + $1.keys }, sequences.reduce(0) { $0 + $1.queries })
        let query = Sample.random(queries, width, seed: 1)
        let (key, value) = (Sample.random(keys, width, seed: 2), Sample.random(keys, width, seed: 3))
        var expected: [Double] = []
        var (firstKey, row) = (0, 0)
        for (keyCount, queryCount) in sequences {
            for _ in 0..<queryCount {
                for column in 0..<width {
                    let head = column / 3 * 3..<column / 3 * 3 + 3
                    let weights = (firstKey..<firstKey + keyCount).map { other in
                        exp(
                            head.reduce(0.0) {
                                $0 + Double(query.values[row * width + $1])
                                    * Double(key.values[other * width + $1])
                            })
                    }
                    let sum = zip(weights, firstKey..<firstKey + keyCount).reduce(0.0) {
                        $0 + $1.0 * Double(value.values[$1.1 * width + column])
                    }
                    expected.append(sum / weights.reduce(0, +))
                }
                row += 1
            }
            firstKey += keyCount
        }
        for threads in [1, 2] {
            let workspace = makeWorkspace(threads: threads)
            let tape = Tape(workspace: workspace, isRecording: false)
            let inputs = [query, key, value].map { tape.constant($0.tensor(workspace.pool)) }
            let output = attention(on: tape, inputs, forest(sequences), heads: heads)
            #expect(largestDifference(output.tensor.values, expected) < 1e-5)
        }
    }

    @Test("gradients of queries, keys and values", arguments: sequences, [1, 2])
    func gradients(sequences: [(keys: Int, queries: Int)], heads: Int) {
        let width = heads * 2
        let (keys, queries) = (sequences.reduce(0) { $0 + $1.keys }, sequences.reduce(0) { $0 + $1.queries })
        GradientCheck(
            inputs: [
                Sample.random(queries, width, seed: 1), Sample.random(keys, width, seed: 2),
                Sample.random(keys, width, seed: 3),
            ]
        ) { attention(on: $0, $1, forest(sequences), heads: heads) }.run()
    }

    @Test("cached keys and values give the same")
    func cached() {
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: false)
        let samples = [
            Sample.random(2, 4, seed: 1), Sample.random(5, 4, seed: 2), Sample.random(5, 4, seed: 3),
        ]
        let values = samples.map { tape.constant($0.tensor(workspace.pool)) }
        let cache = KeyValueCache(layerCount: 1, width: 4, pool: workspace.pool)
        var first = Forest()
        first.append(onlySeeing: 2, under: first.append(keys: 0..<5, savingTo: cache))
        let fresh = attention(on: tape, values, first, heads: 2)
        var second = Forest()
        second.append(onlySeeing: 2, under: second.append(cached: cache))
        let again = attention(on: tape, [values[0], values[0], values[0]], second, heads: 2)
        #expect(again.tensor.values == fresh.tensor.values)
    }
}

@Suite("Position biases by buckets")
struct RelativeBucketTests {
    @Test("gradients of the table and of what is attended", arguments: [true, false])
    func gradients(isBidirectional: Bool) {
        let table = Sample.random(8, 2, seed: 5).parameter("table")
        let buckets = RelativeBuckets(table: table, isBidirectional: isBidirectional, longestDistance: 6)
        let shape = AttentionShape(
            headCount: 2, headWidth: 2, scale: 1, bias: .buckets(buckets),
            direction: isBidirectional ? .bidirectional : .causal)
        // Texts of several lengths, so that distances fall into shared buckets.
        let forest = ForestPlan(segments: [(9, nil), (2, nil), (3, isBidirectional ? nil : 1)]).forest
        GradientCheck(inputs: (1...3).map { Sample.random(14, 4, seed: $0) }, parameters: [table]) {
            tape, inputs in
            tape.attention(
                Projections(query: inputs[0], key: inputs[1], value: inputs[2], headWidth: 2), shape: shape,
                forest: forest, layer: 0)
        }.run()
    }
}
