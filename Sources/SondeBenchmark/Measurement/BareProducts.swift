import COpenBLAS
import SondeHost

/// The matrix products of a pass and nothing else: what the pass would take if all the rest were free.
///
/// Weights are taken one after another from a memory larger than any cache, as in the model. A product with a weight
/// runs on OpenBLAS's threads; the equal small products of attention run side by side on the host's.
final class BareProducts {
    private let products: [MatrixProduct]
    private let runtime: HostRuntime
    private var weights: [Float]
    private var activations: [Float]
    private var results: [Float]
    private var nextWeight = 0

    /// 256 MiB.
    private static let weightMemory = 1 << 26

    init(_ products: [MatrixProduct], on runtime: HostRuntime) {
        self.products = products.flatMap(Self.pieces).filter { $0.rows * $0.columns * $0.depth > 0 }
        self.runtime = runtime
        let activationSize = self.products.map { $0.rows * $0.depth * $0.count }.max() ?? 0
        let operandSize = self.products.map { $0.columns * $0.depth * $0.count }.max() ?? 0
        let resultSize = self.products.map { $0.rows * $0.columns * $0.count }.max() ?? 0
        weights = Array(repeating: 0.02, count: max(Self.weightMemory, operandSize))
        activations = Array(repeating: 0.5, count: activationSize)
        results = Array(repeating: 0, count: resultSize)
    }

    /// The time of all products.
    func elapsed() -> Elapsed {
        activations.withUnsafeBufferPointer { left in
            weights.withUnsafeBufferPointer { right in
                results.withUnsafeMutableBufferPointer { target in
                    guard let left = left.baseAddress, let right = right.baseAddress,
                        let target = target.baseAddress
                    else { return Elapsed(wall: 0, processor: 0) }
                    let operands = Operands(left: left, right: right, target: target)
                    return Elapsed.of { for product in products { compute(product, operands) } }
                }
            }
        }
    }

    /// A product with a weight too large for the memory, cut into several; the vocabulary's is.
    private static func pieces(_ product: MatrixProduct) -> [MatrixProduct] {
        guard product.operand == .weight, product.columns * product.depth > weightMemory / 4 else {
            return [product]
        }
        var (first, second) = (product, product)
        if product.columns >= product.depth {
            first.columns = product.columns / 2
            second.columns -= first.columns
        } else {
            first.depth = product.depth / 2
            second.depth -= first.depth
        }
        return pieces(first) + pieces(second)
    }

    private struct Operands {
        let left: UnsafePointer<Float>
        let right: UnsafePointer<Float>
        let target: UnsafeMutablePointer<Float>

        /// Computes one of equal products; weights are `[columns × depth]`, as in a checkpoint.
        func multiply(_ product: MatrixProduct, _ index: Int, weightOffset: Int) {
            let (rows, columns, depth) = (product.rows, product.columns, product.depth)
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(depth), 1,
                left + index * rows * depth, Int32(depth), right + weightOffset, Int32(depth), 0,
                target + index * rows * columns, Int32(columns))
        }
    }

    private func compute(_ product: MatrixProduct, _ operands: Operands) {
        let size = product.columns * product.depth
        guard product.operand == .weight else {
            return runtime.parallel(product.count) {
                operands.multiply(product, $0, weightOffset: $0 * size)
            }
        }
        if nextWeight + size > weights.count { nextWeight = 0 }
        operands.multiply(product, 0, weightOffset: nextWeight)
        nextWeight += size
    }
}
