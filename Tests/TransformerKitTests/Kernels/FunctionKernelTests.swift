import CKernels
import Foundation
import Testing

@Suite("Functions and half precision, in every instruction set")
struct FunctionKernelTests {
    /// From below the smallest subnormal to above the largest float.
    static let exponents: [Float] =
        stride(from: -110, through: 95, by: 0.00917).map { Float($0) } + [0, -0.0, 1, -1]

    @Test("the exponential function is within two units in the last place")
    func exponential() {
        let x = Self.exponents
        for kernels in kernelLevels {
            var result = x
            _ = kernels.exponentials(x.count, 0, &result)
            for (value, exponent) in zip(result, x) where exponent > -103.9 && exponent < 88.7 {
                let exact = exp(Double(exponent))
                let unit = Double(max(Float(exact), .leastNormalMagnitude).ulp)
                #expect(abs(Double(value) - exact) <= 2 * unit, "exp(\(exponent))")
            }
            for (value, exponent) in zip(result, x) where exponent > 88.73 { #expect(value == .infinity) }
            for (value, exponent) in zip(result, x) where exponent < -104 {
                #expect(value <= .leastNonzeroMagnitude)
            }
        }
    }

    @Test("exponentials return their sum and keep NaN")
    func exponentialSum() {
        for kernels in kernelLevels {
            var values: [Float] = [1, 2, 3]
            let sum = kernels.exponentials(3, 3, &values)
            #expect(abs(Double(sum) - (exp(-2) + exp(-1) + 1)) < 1e-6)
            var invalid: [Float] = [.nan]
            #expect(kernels.exponentials(1, 0, &invalid).isNaN)
        }
    }

    @Test("activations and their derivatives", arguments: kernelLengths)
    func activations(count: Int) {
        var x = Sample.random(1, count, seed: 7).values.map { $0 * 6 }
        for (index, extreme) in [Float(-200), 200, -20, 20, 0, -1e-4].enumerated() where index + 7 < count {
            x[index + 7] = extreme
        }
        let g = Sample.random(1, count, seed: 8).values
        for kernels in kernelLevels {
            check(x, g, kernels.gelu_tanh, kernels.gelu_tanh_backward, Self.geluTanh, Self.geluTanhSlope)
            check(x, g, kernels.gelu_erf, kernels.gelu_erf_backward, Self.geluErf, Self.geluErfSlope)
            check(x, g, kernels.relu, kernels.relu_backward, { max($0, 0) }, { $0 > 0 ? 1 : 0 })
        }
    }

    private func check(
        _ x: [Float], _ g: [Float],
        _ forward: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
        _ backward: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
        _ function: (Double) -> Double, _ slope: (Double) -> Double
    ) {
        let values = written(x.count) { forward(x.count, x, $0) }
        // Relative to the size of x, where that is above 1.
        for (value, x) in zip(values, x) {
            #expect(abs(Double(value) - function(Double(x))) < 1e-6 * Double(max(1, abs(x))), "at \(x)")
        }
        let gradients = written(x.count) { backward(x.count, x, g, $0) }
        #expect(largestDifference(gradients, zip(x, g).map { slope(Double($0)) * Double($1) }) < 2e-6)
    }

    static func geluTanh(_ x: Double) -> Double {
        0.5 * x * (1 + tanh((2 / .pi).squareRoot() * (x + 0.044715 * x * x * x)))
    }

    static func geluTanhSlope(_ x: Double) -> Double {
        let t = tanh((2 / .pi).squareRoot() * (x + 0.044715 * x * x * x))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * (2 / .pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
    }

    static func geluErf(_ x: Double) -> Double { 0.5 * x * erfc(-x / 2.0.squareRoot()) }

    static func geluErfSlope(_ x: Double) -> Double {
        0.5 * erfc(-x / 2.0.squareRoot()) + x * exp(-x * x / 2) / (2 * .pi).squareRoot()
    }

    @Test("every half-precision number widens exactly")
    func widening() {
        let halves = (0...UInt16.max).map { $0 }
        for kernels in kernelLevels {
            let wide = written(halves.count) { kernels.widen_f16(halves.count, halves, $0) }
            for (half, value) in zip(halves, wide) {
                let exact = Float(Float16(bitPattern: half))
                #expect(value.bitPattern == exact.bitPattern || (value.isNaN && exact.isNaN), "half \(half)")
            }
            let brain = written(halves.count) { kernels.widen_bf16(halves.count, halves, $0) }
            #expect(zip(halves, brain).allSatisfy { $1.bitPattern == UInt32($0) << 16 })
        }
    }
}
