import CKernels
import Foundation
import Testing

@Suite("Rows of attention probabilities, in every instruction set")
struct AttentionKernelTests {
    /// Rows and columns of a causal block under `above` earlier tokens, or of a bidirectional one.
    static let blocks = [0, 1, 2, 7, 20].flatMap { rows in
        [0, 3, 40].flatMap { above in [true, false].map { (rows, above, $0) } }
    }

    @Test(
        "softmax of scaled and biased scores, its gradient, and zeros beyond", arguments: blocks,
        [true, false])
    func softmax(_ shape: (rows: Int, above: Int, isCausal: Bool), isBiased: Bool) {
        let (rows, columns) = (shape.rows, shape.above + shape.rows)
        let stride = columns + 3
        var block = sonde_attention_block(
            rows: rows, stride: stride, columns: columns,
            first_visible: shape.isCausal ? shape.above + 1 : columns,
            visible_step: shape.isCausal ? 1 : 0, scale: 0.7)
        let scores = Sample.random(rows, stride, seed: 1)
        let gradient = Sample.random(rows, stride, seed: 2)
        // Entry `rows + j` is the bias of row 0 and column j.
        let biases = Sample.random(1, rows + columns + 1, seed: 3).values
        for kernels in kernelLevels {
            var (p, g) = (scores.values + [0], gradient.values + [0])
            biases.withUnsafeBufferPointer {
                kernels.softmax(&block, isBiased ? $0.baseAddress! + rows : nil, &p)
            }
            kernels.softmax_backward(&block, p, &g)
            for row in 0..<rows {
                let visible = shape.isCausal ? shape.above + row + 1 : columns
                let logits = (0..<visible).map {
                    0.7 * Double(scores.values[row * stride + $0])
                        + (isBiased ? Double(biases[rows + $0 - row]) : 0)
                }
                let sum = logits.map { exp($0) }.reduce(0, +)
                let exact = logits.map { exp($0) / sum }
                let incoming = (0..<visible).map { Double(gradient.values[row * stride + $0]) }
                let mean = zip(exact, incoming).reduce(0) { $0 + $1.0 * $1.1 }
                let slopes = zip(exact, incoming).map { $0 * ($1 - mean) * 0.7 }
                let zeros = [Double](repeating: 0, count: columns - visible)
                #expect(
                    largestDifference(Array(p[row * stride..<row * stride + columns]), exact + zeros) < 1e-6)
                #expect(
                    largestDifference(Array(g[row * stride..<row * stride + columns]), slopes + zeros) < 1e-6)
            }
        }
    }
}
