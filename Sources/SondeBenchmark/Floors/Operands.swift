import COpenBLAS

/// The memory of one product's operands and its result, each without gaps.
package struct Operands {
    let left: UnsafePointer<Float>
    let right: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>

    package init(
        left: UnsafePointer<Float>, right: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
    ) {
        self.left = left
        self.right = right
        self.result = result
    }

    /// Computes a rectangle of a product on the calling thread, or on OpenBLAS's own.
    ///
    /// Flipped, the transpose of the product is computed and the result is `[columns × rows]`.
    package func multiply(
        _ product: MatrixProduct, rows: Range<Int>, columns: Range<Int>, isFlipped: Bool,
        accumulating: Bool = false
    ) {
        guard !rows.isEmpty, !columns.isEmpty else { return }
        let leftStride = product.isLeftTransposed ? product.rows : product.depth
        let rightStride = product.isRightTransposed ? product.depth : product.columns
        let left = left + rows.lowerBound * (product.isLeftTransposed ? 1 : leftStride)
        let right = right + columns.lowerBound * (product.isRightTransposed ? rightStride : 1)
        let beta: Float = accumulating ? 1 : 0
        if isFlipped {
            cblas_sgemm(
                CblasRowMajor, product.isRightTransposed ? CblasNoTrans : CblasTrans,
                product.isLeftTransposed ? CblasNoTrans : CblasTrans, Int32(columns.count), Int32(rows.count),
                Int32(product.depth), 1, right, Int32(rightStride), left, Int32(leftStride), beta,
                result + columns.lowerBound * product.rows + rows.lowerBound, Int32(product.rows))
        } else {
            cblas_sgemm(
                CblasRowMajor, product.isLeftTransposed ? CblasTrans : CblasNoTrans,
                product.isRightTransposed ? CblasTrans : CblasNoTrans, Int32(rows.count),
                Int32(columns.count), Int32(product.depth), 1, left, Int32(leftStride), right,
                Int32(rightStride), beta, result + rows.lowerBound * product.columns + columns.lowerBound,
                Int32(product.columns))
        }
    }

    /// The whole product on the calling thread.
    func multiply(_ product: MatrixProduct, isFlipped: Bool, accumulating: Bool = false) {
        multiply(
            product, rows: 0..<product.rows, columns: 0..<product.columns, isFlipped: isFlipped,
            accumulating: accumulating)
    }
}

extension Range<Int> {
    /// The `index`-th of `count` nearly equal consecutive pieces, whose inner borders are multiples of 16.
    func piece(_ index: Int, of count: Int) -> Range<Int> {
        let units = (self.count + 15) / 16
        func border(_ index: Int) -> Int {
            Swift.min(lowerBound + units * index / count * 16, upperBound)
        }
        return border(index)..<border(index + 1)
    }
}
