import Testing
import TransformerKit

/// A network of all operations that work on large matrices by several threads.
private struct Network {
    let expand = Sample.random(256, 64, seed: 11).scaled(by: 0.1).parameter("expand")
    let expandBias = Sample.random(1, 256, seed: 12).parameter("bias")
    let contract = Sample.random(64, 256, seed: 13).scaled(by: 0.1).parameter("contract")
    let norm = Sample.random(1, 64, seed: 14).parameter("norm")
    let shape = AttentionShape(headCount: 4, headWidth: 16, bias: .linear(headCount: 4))
    let input = Sample.random(600, 64, seed: 15)

    /// The output and the gradient with respect to the input.
    func run(in workspace: Workspace) -> (output: [Float], gradient: [Float]) {
        let tape = Tape(workspace: workspace, isRecording: true)
        let x = tape.variable(input.tensor(workspace.pool))
        let normalised = tape.layerNorm(x, weight: norm, bias: nil, epsilon: 1e-5)
        let inner = tape.geluTanh(tape.linear(normalised, weight: expand, bias: expandBias))
        var forest = Forest()
        let root = forest.append(rows: 50)
        for _ in 0..<11 { forest.append(rows: 50, under: root) }
        let hidden = tape.linear(inner, weight: contract, adding: x)
        let heads = Projections(query: hidden, key: hidden, value: x, headWidth: 16)
        let output = tape.attention(heads, shape: shape, forest: forest, layer: 0)
        let weights = Sample.random(600, 64, seed: 16).tensor(workspace.pool)
        tape.backward(from: [(output, weights)])
        return (output.tensor.values, tape.gradient(of: x).values)
    }
}

@Suite("The tape")
struct TapeTests {
    @Test("repeated runs give the same bits", arguments: [1, 2, 3])
    func reproducible(threads: Int) {
        let network = Network()
        let workspace = makeWorkspace(threads: threads)
        let first = network.run(in: workspace)
        let second = network.run(in: workspace)
        let fresh = network.run(in: makeWorkspace(threads: threads))
        #expect(first == second)
        #expect(first == fresh)
    }

    @Test("several threads compute what one computes", arguments: [2, 3, 5])
    func threads(count: Int) {
        let network = Network()
        let one = network.run(in: makeWorkspace())
        let several = network.run(in: makeWorkspace(threads: count))
        #expect(largestDifference(several.output, one.output) < 1e-4)
        #expect(largestDifference(several.gradient, one.gradient) < 1e-4)
    }

    @Test("nothing is allocated after the first step")
    func memory() {
        let network = Network()
        let workspace = makeWorkspace(threads: 2)
        _ = network.run(in: workspace)
        let (allocations, bytes) = (workspace.pool.allocationCount, workspace.pool.allocatedBytes)
        for _ in 0..<3 { _ = network.run(in: workspace) }
        #expect(workspace.pool.allocationCount == allocations)
        workspace.pool.releaseUnused()
        #expect(bytes > 600 * 64 * 4)
        #expect(workspace.pool.allocatedBytes == 0, "every buffer came back")
    }

    @Test("a tape that does not record keeps nothing and wants no gradient")
    func unrecorded() {
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: false)
        var x = tape.variable(Sample.random(64, 64, seed: 1).tensor(workspace.pool))
        for _ in 0..<20 { x = tape.geluTanh(x) }
        #expect(!x.requiresGradient)
        #expect(workspace.pool.allocationCount <= 3)
    }

    @Test("what does not lead back to a variable is not recorded")
    func constants() {
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: true)
        let constant = tape.constant(Sample.random(3, 3, seed: 1).tensor(workspace.pool))
        let variable = tape.variable(Sample.random(3, 3, seed: 2).tensor(workspace.pool))
        #expect(!tape.geluTanh(constant).requiresGradient)
        #expect(tape.add(constant, variable).requiresGradient)
    }

    @Test("a variable that the loss does not depend on has a gradient of zeros, and seeds add up")
    func seeds() {
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: true)
        let used = tape.variable(Sample.random(1, 2, seed: 1).tensor(workspace.pool))
        let unused = tape.variable(Sample.random(1, 2, seed: 2).tensor(workspace.pool))
        let doubled = tape.scale(used, by: 2)
        let seed = Tensor(rows: 1, width: 2, values: [1, 10], pool: workspace.pool)
        tape.backward(from: [(doubled, seed), (used, seed)])
        #expect(tape.gradient(of: used).values == [3, 30])
        #expect(tape.gradient(of: unused).values == [0, 0])
        #expect(seed.values == [1, 10], "the caller's derivatives stay as they are")
    }
}
