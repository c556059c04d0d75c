import CKernels
import Testing

@Suite("Loops over a few rows and a table, in every instruction set")
struct TableKernelTests {
    /// Rows around the blocks of two and four, and none.
    static let rowCounts = [0, 1, 2, 3, 4, 5, 9]
    /// Rows of the table around the blocks of four, and widths around one and four registers.
    static let tables = [(0, 5), (1, 16), (3, 17), (4, 64), (7, 65), (10, 100), (5, 3)]

    @Test("products of every row with every row of the table", arguments: rowCounts, tables)
    func products(rows: Int, table shape: (count: Int, width: Int)) {
        let a = Sample.random(rows, shape.width, seed: 1)
        let table = Sample.random(shape.count, shape.width, seed: 2)
        // A wider target, whose last columns stay as they are.
        let stride = shape.count + 2
        let expected = (0..<rows).flatMap { row -> [Double] in
            let products = (0..<shape.count).map { t in
                zip(a.row(row), table.row(t)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            }
            return products + [7, 7]
        }
        for kernels in kernelLevels {
            let products = written(rows * stride, from: 7) {
                kernels.table_products(rows, shape.count, shape.width, a.values, table.values, stride, $0)
            }
            #expect(largestDifference(products, expected) < 1e-5)
        }
    }

    @Test("sums of the table's rows, weighted for every row", arguments: rowCounts, tables)
    func weightedSums(rows: Int, table shape: (count: Int, width: Int)) {
        let stride = shape.count + 3
        let weights = Sample.random(rows, stride, seed: 3)
        let table = Sample.random(shape.count, shape.width, seed: 4)
        let expected = (0..<rows).flatMap { row in
            (0..<shape.width).map { column in
                (0..<shape.count).reduce(1.0) {
                    $0 + Double(weights.values[row * stride + $1])
                        * Double(table.values[$1 * shape.width + column])
                }
            }
        }
        for kernels in kernelLevels {
            let sums = written(rows * shape.width, from: 1) {
                kernels.weighted_sums(
                    rows, shape.count, shape.width, stride, weights.values, table.values, $0)
            }
            #expect(largestDifference(sums, expected) < 1e-5)
        }
    }
}
