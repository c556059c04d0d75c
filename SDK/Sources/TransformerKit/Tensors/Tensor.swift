/// A row-major matrix of float32, `[rows × width]`, in pooled memory.
///
/// Copies share the memory. Outside the kit a tensor is read only; every access is checked against the bounds.
public struct Tensor {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let width: Int
    /// The memory; its content beyond `rows * width` is unspecified.
    private let buffer: Buffer

    /// A matrix of unspecified content.
    init(rows: Int, width: Int, pool: BufferPool) {
        precondition(rows >= 0 && width >= 0, "a tensor of \(rows) × \(width) entries")
        self.rows = rows
        self.width = width
        buffer = pool.buffer(count: rows * width)
    }

    /// A matrix holding a copy of `values`, row after row.
    public init(rows: Int, width: Int, values: [Float], pool: BufferPool) {
        precondition(
            values.count == rows * width, "\(values.count) values for a tensor of \(rows) × \(width)")
        self.init(rows: rows, width: width, pool: pool)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { address.update(from: base, count: source.count) }
        }
    }

    /// The number of entries.
    public var count: Int { rows * width }

    /// The first entry; the memory lives as long as a tensor over it.
    var address: UnsafeMutablePointer<Float> { buffer.address }

    /// The whole matrix as an operand of a product.
    var block: Block { Block(address: address, rows: rows, columns: width, stride: width) }

    /// The first entry of a row.
    func rowAddress(_ row: Int) -> UnsafeMutablePointer<Float> { address + row * width }

    /// One entry.
    public subscript(row: Int, column: Int) -> Float {
        precondition((0..<rows).contains(row) && (0..<width).contains(column), "entry outside of the tensor")
        return address[row * width + column]
    }

    /// A copy of one row.
    public func row(_ row: Int) -> [Float] {
        precondition((0..<rows).contains(row), "row outside of the tensor")
        return Array(UnsafeBufferPointer(start: rowAddress(row), count: width))
    }

    /// A copy of all entries, row after row.
    public var values: [Float] { Array(UnsafeBufferPointer(start: address, count: count)) }

    /// Calls `body` with all entries, row after row; the memory may not be used afterwards.
    public func withValues<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: address, count: count))
    }

    /// Sets every entry to `value`.
    func fill(_ value: Float) { address.update(repeating: value, count: count) }

    /// Overwrites all entries with those of a tensor of the same shape.
    func copy(from other: Tensor) {
        precondition(rows == other.rows && width == other.width, "a copy between tensors of different shapes")
        address.update(from: other.address, count: count)
    }
}
