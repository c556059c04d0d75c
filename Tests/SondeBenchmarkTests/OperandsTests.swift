import SondeBenchmark
import Testing

@Suite("A bare product")
struct OperandsTests {
    /// Every way to lie in memory.
    private static let layouts = [false, true].flatMap { left in
        [false, true].flatMap { right in [false, true].map { (left, right, $0) } }
    }

    @Test("is the product, however its operands and its result lie in memory", arguments: layouts)
    func product(_ layout: (left: Bool, right: Bool, isFlipped: Bool)) {
        let (rows, columns, depth) = (5, 7, 3)
        let product = MatrixProduct(
            rows: rows, columns: columns, depth: depth, isLeftTransposed: layout.left,
            isRightTransposed: layout.right)
        func left(_ row: Int, _ term: Int) -> Float { Float(row * 3 - term * term + 1) }
        func right(_ term: Int, _ column: Int) -> Float { Float(term * 5 + column * column - 4) }
        let leftValues = (0..<rows * depth).map {
            layout.left ? left($0 % rows, $0 / rows) : left($0 / depth, $0 % depth)
        }
        let rightValues = (0..<columns * depth).map {
            layout.right ? right($0 % depth, $0 / depth) : right($0 / columns, $0 % columns)
        }
        // Only a rectangle of it is computed; the rest stays.
        let (someRows, someColumns) = (1..<4, 2..<7)
        let expected = (0..<rows * columns).map { index -> Float in
            let (row, column) =
                layout.isFlipped ? (index % rows, index / rows) : (index / columns, index % columns)
            guard someRows.contains(row), someColumns.contains(column) else { return -1 }
            return (0..<depth).reduce(0) { $0 + left(row, $1) * right($1, column) }
        }
        var result = [Float](repeating: -1, count: rows * columns)
        leftValues.withUnsafeBufferPointer { left in
            rightValues.withUnsafeBufferPointer { right in
                result.withUnsafeMutableBufferPointer { result in
                    guard let left = left.baseAddress, let right = right.baseAddress,
                        let target = result.baseAddress
                    else { return }
                    Operands(left: left, right: right, result: target).multiply(
                        product, rows: someRows, columns: someColumns, isFlipped: layout.isFlipped)
                }
            }
        }
        #expect(result == expected)
    }
}
