import CKernels
import Testing

@Suite("Loops over vectors, in every instruction set")
struct VectorKernelTests {
    @Test("sums, products and multiples are exact to rounding", arguments: kernelLengths)
    func arithmetic(count: Int) {
        let a = Sample.random(1, count, seed: 1).values
        let b = Sample.random(1, count, seed: 2).values
        let (x, y) = (a.map(Double.init), b.map(Double.init))
        for kernels in kernelLevels {
            #expect(
                largestDifference(written(count) { kernels.add(count, a, b, $0) }, zip(x, y).map(+)) < 1e-6)
            #expect(
                largestDifference(written(count) { kernels.multiply(count, a, b, $0) }, zip(x, y).map(*))
                    < 1e-6)
            #expect(
                largestDifference(
                    written(count, from: 2) { kernels.multiply_add(count, a, b, $0) },
                    zip(x, y).map { 2 + $0 * $1 })
                    < 1e-6)
            #expect(
                largestDifference(written(count) { kernels.scale(count, 3, a, $0) }, x.map { 3 * $0 }) < 1e-6)
            #expect(
                largestDifference(
                    written(count, from: 1) { kernels.scale_add(count, -2, a, $0) }, x.map { 1 - 2 * $0 })
                    < 1e-6)
        }
    }

    @Test("an output that is the same memory as an input gets the same bits", arguments: kernelLengths)
    func inPlace(count: Int) {
        let a = Sample.random(1, count, seed: 1).values
        let b = Sample.random(1, count, seed: 2).values
        for kernels in kernelLevels {
            var inPlace = a
            inPlace.withUnsafeMutableBufferPointer { target in
                guard let start = target.baseAddress else { return }
                kernels.add(count, start, b, start)
                kernels.gelu_tanh_backward(count, b, start, start)
                kernels.scale(count, 1.5, start, start)
            }
            let sum = written(count) { kernels.add(count, a, b, $0) }
            let activated = written(count) { kernels.gelu_tanh_backward(count, b, sum, $0) }
            #expect(inPlace == written(count) { kernels.scale(count, 1.5, activated, $0) })
        }
    }

    @Test("maximum and dot product", arguments: kernelLengths)
    func reductions(count: Int) {
        let a = Sample.random(1, count, seed: 3).values
        let b = Sample.random(1, count, seed: 4).values
        let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        for kernels in kernelLevels {
            #expect(kernels.maximum(count, a) == a.max() ?? -.infinity)
            #expect(abs(Double(kernels.dot(count, a, b)) - product) < 1e-5)
        }
    }

    @Test(
        "rows are filled with a bias or zeros, biased, and summed by columns", arguments: [0, 1, 2, 7],
        [1, 5, 33])
    func rows(rows: Int, width: Int) {
        let a = Sample.random(rows, width, seed: 5)
        let bias = Sample.random(1, width, seed: 6).values
        let count = rows * width
        for kernels in kernelLevels {
            #expect(
                written(count) { kernels.fill_rows(rows, width, bias, $0) }
                    == (0..<rows).flatMap { _ in bias })
            #expect(
                written(count) { kernels.fill_rows(rows, width, nil, $0) }
                    == [Float](repeating: 0, count: count))
            #expect(
                written(count) { kernels.add_bias(rows, width, bias, a.values, $0) }
                    == (0..<rows).flatMap { zip(a.row($0), bias).map(+) })
            let sums = (0..<width).map { column in
                (0..<rows).reduce(1.0) { $0 + Double(a.row($1).dropFirst(column).first!) }
            }
            #expect(
                largestDifference(
                    written(width, from: 1) { kernels.add_column_sums(rows, width, a.values, $0) }, sums)
                    < 1e-5)
        }
    }

    @Test("dropout makes the same choices in every instruction set, at the stated rate")
    func dropout() {
        let count = 100_000
        let ones = [Float](repeating: 1, count: count)
        let results = kernelLevels.map { kernels in
            written(count) { kernels.dropout(count, 0x1234_5678_9abc_def0, 0.1, ones, $0) }
        }
        for result in results { #expect(result == results[0]) }
        let dropped = results[0].filter { $0 == 0 }.count
        // Five standard deviations of a binomial count are 474.
        #expect(abs(dropped - 10_000) < 474)
        #expect(results[0].allSatisfy { $0 == 0 || abs($0 - 1 / 0.9) < 1e-6 })
        let other = written(count) { kernelLevels[0].dropout(count, 0x1234_5678_9abc_def1, 0.1, ones, $0) }
        let both = zip(results[0], other).filter { $0 == 0 && $1 == 0 }.count
        #expect(abs(both - 1000) < 160, "choices under neighbouring keys are independent")
    }
}
