import Testing
import TransformerKit

@Suite("Attention over forests", .serialized)
struct ForestAttentionTests {
    static let plans: [ForestPlan] = [
        ForestPlan(segments: []),
        ForestPlan(segments: [(0, nil)]),
        ForestPlan(segments: [(1, nil)]),
        ForestPlan(segments: [(7, nil)]),
        ForestPlan(segments: [(2, nil), (1, nil), (0, nil), (7, nil)]),
        // A prompt shared by two texts.
        ForestPlan(segments: [(2, nil), (3, 0), (1, 0)]),
        // An empty prompt; an empty text between prompt and continuations.
        ForestPlan(segments: [(0, nil), (3, 0), (1, 0)]),
        ForestPlan(segments: [(2, nil), (0, 0), (2, 1), (1, 1)]),
        // Prefix trees: the first candidate ends inside the segment of the second; then one that ends at a branch.
        ForestPlan(segments: [(2, nil), (3, 0), (2, 1), (4, 0), (1, 3), (1, 4), (2, 4), (2, 3)]),
        ForestPlan(segments: [(3, nil), (1, 0), (2, 1), (1, 2), (1, 1), (2, nil), (1, 5)]),
    ]

    @Test("equals attention of each row to its own path", arguments: plans, [1, 2, 3])
    func forward(plan: ForestPlan, heads: Int) {
        for isCausal in [true, false] {
            for isBiased in [true, false] {
                let samples = (1...3).map { Sample.random(plan.rowCount, heads * 4, seed: $0) }
                let slopes = (0..<heads).map { 0.5 / Double($0 + 1) }
                let shape = AttentionShape(
                    headCount: heads, headWidth: 4, bias: isBiased ? .slopes(slopes.map(Float.init)) : .none,
                    direction: isCausal ? .causal : .bidirectional)
                let output = attend(samples, shape: shape, forest: plan.forest)
                let expected = referenceAttention(
                    query: samples[0], key: samples[1], value: samples[2], heads: heads,
                    slopes: isBiased ? slopes : nil, isCausal: isCausal, plan: plan)
                #expect(largestDifference(output, expected) < 1e-5)
            }
        }
    }

    @Test("gradients of queries, keys and values", arguments: plans, [1, 2, 3])
    func gradients(plan: ForestPlan, heads: Int) {
        let width = heads * 2
        let samples = (1...3).map { Sample.random(plan.rowCount, width, seed: $0) }
        let causal = AttentionShape(headCount: heads, headWidth: 2, bias: .linear(headCount: heads))
        let open = AttentionShape(headCount: heads, headWidth: 2, direction: .bidirectional)
        for shape in [causal, open] {
            GradientCheck(inputs: samples) { tape, values in
                let heads = Projections(query: values[0], key: values[1], value: values[2], headWidth: 2)
                return tape.attention(heads, shape: shape, forest: plan.forest, layer: 0)
            }.run()
        }
        // One matrix for all three, of which no part is copied.
        let fused = Sample.random(plan.rowCount, 3 * width, seed: 4)
        GradientCheck(inputs: [fused]) { tape, values in
            let heads = Projections(interleavedByHead: values[0], headWidth: 2)
            return tape.attention(heads, shape: causal, forest: plan.forest, layer: 0)
        }.run()
    }

    @Test("gradients under dropout of the probabilities")
    func dropoutGradients() {
        let plan = Self.plans[8]
        let fused = Sample.random(plan.rowCount, 12, seed: 4)
        let shape = AttentionShape(headCount: 2, headWidth: 2, bias: .linear(headCount: 2))
        let keys = (0..<plan.rowCount).map { UInt64($0) }
        let dropout = Dropout(rate: 0.4, stream: 1, rowKeys: keys)
        GradientCheck(inputs: [fused]) { tape, values in
            let heads = Projections(interleavedByHead: values[0], headWidth: 2)
            return tape.attention(heads, shape: shape, forest: plan.forest, layer: 0, dropout: dropout)
        }.run()
    }

    @Test("interleaved heads are the same as heads side by side")
    func layouts() {
        let plan = Self.plans[8]
        let samples = (1...3).map { Sample.random(plan.rowCount, 6, seed: $0) }
        let values = (0..<plan.rowCount).flatMap { row in
            (0..<2).flatMap { head in samples.flatMap { $0.row(row).dropFirst(head * 3).prefix(3) } }
        }
        let shape = AttentionShape(headCount: 2, headWidth: 3, bias: .linear(headCount: 2))
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: false)
        let fused = tape.constant(
            Tensor(rows: plan.rowCount, width: 18, values: values, pool: workspace.pool))
        let output = tape.attention(
            Projections(interleavedByHead: fused, headWidth: 3), shape: shape, forest: plan.forest, layer: 0)
        #expect(output.tensor.values == attend(samples, shape: shape, forest: plan.forest))
    }

    /// A batch whose scores do not fit into one unit, and a text that alone does not.
    static let largePlans: [ForestPlan] = [
        promptAndTexts,
        ForestPlan(segments: [(5, nil), (300, 0), (3, 1), (4, 1), (10, 0), (2, 4), (280, nil), (2, 6)]),
    ]

    /// A prompt of 20 tokens and under it 50 texts of 30 to 36, each with a continuation of two.
    private static var promptAndTexts: ForestPlan {
        var plan = ForestPlan(segments: [(20, nil)])
        for text in 0..<50 {
            plan.segments.append((30 + text % 7, 0))
            plan.segments.append((2, 2 * text + 1))
        }
        return plan
    }

    @Test("batches that are computed in several units give the same", arguments: largePlans, [1, 2])
    func units(plan: ForestPlan, threads: Int) {
        let samples = (1...3).map { Sample.random(plan.rowCount, 8, seed: $0) }
        let shape = AttentionShape(headCount: 2, headWidth: 4, bias: .linear(headCount: 2))
        let output = attend(samples, shape: shape, forest: plan.forest, threads: threads)
        let slopes = [0.0625, 0.00390625]
        let expected = referenceAttention(
            query: samples[0], key: samples[1], value: samples[2], heads: 2, slopes: slopes, isCausal: true,
            plan: plan)
        #expect(largestDifference(output, expected) < 1e-5)
    }

    @Test("a shared prompt gets the sum of the gradients of its copies", arguments: largePlans + plans[8...])
    func sharedGradient(plan: ForestPlan) {
        // The same sequences, each with its own copy of all that stands above its last segment.
        let paths = plan.visible(isCausal: true)
        var (copied, rows, lastRows) = (ForestPlan(segments: []), [Int](), [Int]())
        for (row, sight) in paths.enumerated() where row % 29 == 0 || row > plan.rowCount - 4 {
            copied.segments.append((sight.rows.count, nil))
            rows += sight.rows
            lastRows.append(rows.count - 1)
        }
        let chosen = paths.indices.filter { $0 % 29 == 0 || $0 > plan.rowCount - 4 }
        let fused = Sample.random(plan.rowCount, 12, seed: 1)
        let weights = Sample.random(chosen.count, 4, seed: 2)
        let shape = AttentionShape(headCount: 2, headWidth: 2, bias: .linear(headCount: 2))
        func gradient(_ forest: Forest, _ copies: [Int]?, _ outputs: [Int]) -> [Float] {
            let workspace = makeWorkspace(threads: 2)
            let tape = Tape(workspace: workspace, isRecording: true)
            let variable = tape.variable(fused.tensor(workspace.pool))
            let input = copies.map { tape.select($0, of: variable) } ?? variable
            let heads = Projections(interleavedByHead: input, headWidth: 2)
            let output = tape.attention(heads, shape: shape, forest: forest, layer: 0)
            tape.backward(from: [(tape.select(outputs, of: output), weights.tensor(workspace.pool))])
            return tape.gradient(of: variable).values
        }
        let shared = gradient(plan.forest, nil, chosen)
        let separate = gradient(copied.forest, rows, lastRows)
        #expect(largestDifference(shared, separate) < 1e-5)
        #expect(shared.contains { abs($0) > 1e-3 })
    }

    @Test("positions count along the path")
    func positions() {
        let forest = ForestPlan(segments: [(2, nil), (3, 0), (2, 1), (1, 0)]).forest
        #expect(forest.positions == [0, 1, 2, 3, 4, 5, 6, 2])
        #expect(forest.longestPath == 7)
        #expect(forest.rows(of: 2) == 5..<7)
        #expect(forest.depth(of: 3) == 2)
    }

    private func attend(_ samples: [Sample], shape: AttentionShape, forest: Forest, threads: Int = 1)
        -> [Float]
    {
        let workspace = makeWorkspace(threads: threads)
        let tape = Tape(workspace: workspace, isRecording: false)
        let values = samples.map { tape.constant($0.tensor(workspace.pool)) }
        let heads = Projections(
            query: values[0], key: values[1], value: values[2], headWidth: shape.headWidth)
        return tape.attention(heads, shape: shape, forest: forest, layer: 0).tensor.values
    }
}
