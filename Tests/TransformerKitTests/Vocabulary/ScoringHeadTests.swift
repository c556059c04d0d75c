import Foundation
import Testing
import TransformerKit

@Suite("The scoring head", .serialized)
struct ScoringHeadTests {
    /// Vocabularies of one token, of less than a tile, and of several tiles with a rest.
    static let vocabularies = [1, 5, 2500]

    private func pairs(rows: Int, vocabulary: Int) -> [ScoredToken] {
        (0..<rows).flatMap { row in
            [
                ScoredToken(row: row, token: Int32(row * 777 % vocabulary)),
                ScoredToken(row: row, token: Int32(vocabulary - 1)),
            ]
        }
    }

    @Test("log-probabilities over the whole vocabulary", arguments: [0, 1, 2, 7, 70], vocabularies)
    func logProbabilities(rows: Int, vocabulary: Int) {
        let hidden = Sample.random(rows, 6, seed: 1)
        let weight = Sample.random(vocabulary, 6, seed: 2)
        let bias = Sample.random(1, vocabulary, seed: 3)
        let pairs = pairs(rows: rows, vocabulary: vocabulary)
        let expected = pairs.map { pair in
            let logits = (0..<vocabulary).map { token in
                Double(bias.values[token])
                    + zip(hidden.row(pair.row), weight.row(token)).reduce(0) {
                        $0 + Double($1.0) * Double($1.1)
                    }
            }
            return logits[Int(pair.token)] - log(logits.reduce(0) { $0 + exp($1) })
        }
        let head = ScoringHead(weight: weight.parameter(), bias: bias.parameter())
        for threads in [1, 2, 3] {
            let workspace = makeWorkspace(threads: threads)
            for isRecording in [false, true] {
                let tape = Tape(workspace: workspace, isRecording: isRecording)
                let rows = tape.variable(hidden.tensor(workspace.pool))
                let scores = tape.logProbabilities(of: pairs, hidden: rows, head: head)
                #expect(largestDifference(scores.tensor.values, expected) < 1e-5)
            }
        }
    }

    @Test("gradients, with pairs that share rows and tokens", arguments: [0, 1, 2, 7, 65], [1, 5, 1100])
    func gradients(rows: Int, vocabulary: Int) {
        let head = ScoringHead(weight: Sample.random(vocabulary, 3, seed: 2).parameter())
        var pairs = pairs(rows: rows, vocabulary: vocabulary)
        pairs += pairs.prefix(1)
        for threads in [1, 2] {
            GradientCheck(
                inputs: [Sample.random(rows, 3, seed: 1)], workspace: makeWorkspace(threads: threads)
            ) {
                $0.logProbabilities(of: pairs, hidden: $1[0], head: head)
            }.run()
        }
    }

    @Test("gradients of a trained head", arguments: [0, 1, 7])
    func trainedHead(rows: Int) {
        let head = ScoringHead(
            weight: Sample.random(11, 3, seed: 2).parameter("head"),
            bias: Sample.random(1, 11, seed: 3).parameter("bias"))
        let pairs = pairs(rows: rows, vocabulary: 11)
        GradientCheck(
            inputs: [Sample.random(rows, 3, seed: 1)], parameters: [head.weight, head.bias!],
            workspace: makeWorkspace(threads: 2)
        ) {
            $0.logProbabilities(of: pairs, hidden: $1[0], head: head)
        }.run()
    }

    @Test("logits far from zero neither overflow nor lose the others")
    func largeLogits() {
        let workspace = makeWorkspace(threads: 2)
        // Rising by 30 from tile to tile, so that the largest so far changes often.
        let weight = Sample(rows: 3000, width: 1, values: (0..<3000).map { Float($0 / 1024 * 30) })
        let tape = Tape(workspace: workspace, isRecording: true)
        let hidden = tape.variable(Tensor(rows: 3, width: 1, values: [1, -1, 100], pool: workspace.pool))
        let pairs = (0..<3).map { ScoredToken(row: $0, token: 0) }
        let scores = tape.logProbabilities(
            of: pairs, hidden: hidden, head: ScoringHead(weight: weight.parameter()))
        let expected = [1.0, -1, 100].map { factor in
            let logits = weight.values.map { Double($0) * factor }
            let largest = logits.max()!
            return logits[0] - largest - log(logits.reduce(0) { $0 + exp($1 - largest) })
        }
        for (score, exact) in zip(scores.tensor.values, expected) {
            #expect(abs(Double(score) - exact) < 1e-6 * max(1, abs(exact)))
        }
        let ones = Tensor(rows: 3, width: 1, values: [1, 1, 1], pool: workspace.pool)
        tape.backward(from: [(scores, ones)])
        #expect(tape.gradient(of: hidden).values.allSatisfy { $0.isFinite })
        #expect(
            abs(tape.gradient(of: hidden)[2, 0] + 60) < 1e-4,
            "the gradient is head[0] − the expected embedding")
    }

    @Test(
        "the likeliest token is the first of equals, within and across tiles and threads",
        arguments: [1, 2, 3])
    func likeliest(threads: Int) {
        var weight = Sample(rows: 2500, width: 1, values: Array(repeating: 0, count: 2500))
        for token in [700, 701, 1500, 2400] { weight.values[token] = 2 }
        for token in [3, 2499] { weight.values[token] = -1 }
        let workspace = makeWorkspace(threads: threads)
        let tape = Tape(workspace: workspace, isRecording: false)
        let hidden = tape.constant(Tensor(rows: 3, width: 1, values: [1, -1, 0], pool: workspace.pool))
        let head = ScoringHead(weight: weight.parameter())
        #expect(tape.likeliestTokens(after: hidden, head: head) == [700, 3, 0])
        let bias = Sample(rows: 1, width: 2500, values: (0..<2500).map { $0 == 2000 ? 5 : 0 })
        let biased = ScoringHead(weight: weight.parameter(), bias: bias.parameter())
        #expect(tape.likeliestTokens(after: hidden, head: biased) == [2000, 2000, 2000])
        #expect(tape.likeliestTokens(after: tape.select([], of: hidden), head: head).isEmpty)
    }
}
