import COpenBLAS

/// The product of two square matrices by OpenBLAS on all its threads: the rate that everything else is compared with.
final class ReferenceProduct {
    private static let size = 2048
    private var a = [Float](repeating: 0.5, count: size * size)
    private var b = [Float](repeating: 0.25, count: size * size)
    private var target = [Float](repeating: 0, count: size * size)

    /// Floating-point operations of one product.
    static let operations = 2 * Double(size) * Double(size) * Double(size)

    /// The time of one product.
    func elapsed() -> Elapsed {
        let size = Int32(Self.size)
        return Elapsed.of {
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, &a, size, &b, size, 0,
                &target, size)
        }
    }
}
