import CKernels
import Testing

/// Layer normalisation of one row, and its gradients, in double precision.
private struct NormalisedRow {
    let output: [Double]
    let inputGradient: [Double]
    let weightGradient: [Double]

    /// With `centred` layer normalisation, else that by the root mean square.
    init(
        _ row: [Double], weight: [Double], bias: [Double], gradient: [Double], epsilon: Double, centred: Bool
    ) {
        let width = Double(row.count)
        let mean = centred ? row.reduce(0, +) / width : 0
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / width
        let factor = 1 / (variance + epsilon).squareRoot()
        let normal = row.map { ($0 - mean) * factor }
        output = row.indices.map { normal[$0] * weight[$0] + bias[$0] }
        let inner = zip(gradient, weight).map(*)
        let sum = centred ? inner.reduce(0, +) / width : 0
        let product = zip(inner, normal).reduce(0) { $0 + $1.0 * $1.1 } / width
        inputGradient = row.indices.map { (inner[$0] - sum - normal[$0] * product) * factor }
        weightGradient = zip(gradient, normal).map(*)
    }
}

@Suite("Normalisation, in every instruction set")
struct NormalisationKernelTests {
    @Test(
        "layer and root-mean-square normalisation, forward and backward", arguments: [0, 1, 2, 7],
        [1, 2, 17, 100])
    func normalisation(rows: Int, width: Int) {
        let x = Sample.random(rows, width, seed: 1, gap: 0.3)
        let weight = Sample.random(1, width, seed: 2).values
        let bias = Sample.random(1, width, seed: 3).values
        let gradient = Sample.random(rows, width, seed: 4)
        for centred in [true, false] {
            let expected = (0..<rows).map { row in
                NormalisedRow(
                    x.row(row).map(Double.init), weight: weight.map(Double.init),
                    bias: centred ? bias.map(Double.init) : Array(repeating: 0, count: width),
                    gradient: gradient.row(row).map(Double.init), epsilon: 0.01, centred: centred)
            }
            for kernels in kernelLevels {
                check(kernels, x, weight, bias, gradient, expected, centred: centred)
            }
        }
    }

    private func check(
        _ kernels: sonde_kernels, _ x: Sample, _ weight: [Float], _ bias: [Float], _ gradient: Sample,
        _ expected: [NormalisedRow], centred: Bool
    ) {
        let (rows, width) = (x.rows, x.width)
        var (mean, reciprocal) = (
            [Float](repeating: 0, count: rows + 1), [Float](repeating: 0, count: rows + 1)
        )
        let output = written(rows * width) { out in
            if centred {
                kernels.layer_norm(rows, width, 0.01, x.values, weight, bias, out, &mean, &reciprocal)
            } else {
                kernels.rms_norm(rows, width, 0.01, x.values, weight, out, &reciprocal)
            }
        }
        #expect(largestDifference(output, expected.flatMap(\.output)) < 1e-5)
        let inputGradient = written(rows * width, from: 1) { sum in
            if centred {
                kernels.layer_norm_backward(
                    rows, width, x.values, weight, mean, reciprocal, gradient.values, sum)
            } else {
                kernels.rms_norm_backward(rows, width, x.values, weight, reciprocal, gradient.values, sum)
            }
        }
        #expect(largestDifference(inputGradient, expected.flatMap { $0.inputGradient.map { $0 + 1 } }) < 1e-5)
        let weightGradient = written(width, from: 1) { sum in
            if centred {
                kernels.layer_norm_weight_backward(
                    rows, width, x.values, mean, reciprocal, gradient.values, sum)
            } else {
                kernels.rms_norm_weight_backward(rows, width, x.values, reciprocal, gradient.values, sum)
            }
        }
        let sums = (0..<width).map { column in expected.reduce(1) { $0 + $1.weightGradient[column] } }
        #expect(largestDifference(weightGradient, sums) < 1e-5)
    }

    @Test("a layer norm without a bias adds none")
    func noBias() {
        for kernels in kernelLevels {
            var (mean, reciprocal) = ([Float(0)], [Float(0)])
            let output = written(2) {
                kernels.layer_norm(1, 2, 0, [1, 3], [2, 2], nil, $0, &mean, &reciprocal)
            }
            #expect(output == [-2, 2])
        }
    }
}
