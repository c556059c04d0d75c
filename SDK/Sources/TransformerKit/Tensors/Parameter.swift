/// A weight of a model: a matrix `[rows × width]`, or a vector with one row, in the layout of its checkpoint.
///
/// Weights are frozen unless ``train(pool:)`` was called: then every recorded operation that uses the parameter adds to
/// its gradient, and its values may be changed between passes.
///
/// A matrix may stay in half precision where it lies, in a mapped file; products then widen it a tile at a time.
public final class Parameter {
    /// The name in the checkpoint, for messages.
    public let name: String
    /// The number of rows; 1 for a vector.
    public let rows: Int
    /// The number of columns.
    public let width: Int
    /// The sum of the gradients of all backward passes since ``clearGradient()``, if the parameter is trained.
    public private(set) var gradient: Tensor?

    /// Where the values are.
    private enum Storage {
        /// In memory of others that `owner` keeps alive, such as a mapped file.
        case borrowed(UnsafePointer<Float>, owner: AnyObject)
        /// In half precision in memory that `owner` keeps alive.
        case half(HalfPrecisionValues, owner: AnyObject)
        /// In a tensor that nobody else writes.
        case held(Tensor)
    }

    private var storage: Storage

    /// Wraps memory that `owner` keeps alive, such as a mapped file, without copying it.
    init(name: String, rows: Int, width: Int, address: UnsafePointer<Float>, owner: AnyObject) {
        self.name = name
        self.rows = rows
        self.width = width
        storage = .borrowed(address, owner: owner)
    }

    /// Wraps values in half precision that `owner` keeps alive.
    init(name: String, rows: Int, width: Int, halves: HalfPrecisionValues, owner: AnyObject) {
        self.name = name
        self.rows = rows
        self.width = width
        storage = .half(halves, owner: owner)
    }

    /// Holds a tensor, which nobody else may write.
    init(name: String, holding tensor: Tensor) {
        self.name = name
        rows = tensor.rows
        width = tensor.width
        storage = .held(tensor)
    }

    /// Holds a copy of `values`, row after row.
    public convenience init(name: String, rows: Int, width: Int, values: [Float]) {
        self.init(
            name: name, holding: Tensor(rows: rows, width: width, values: values, pool: BufferPool()))
    }

    /// The values in half precision, where they are kept so.
    var halves: HalfPrecisionValues? {
        if case .half(let values, _) = storage { values } else { nil }
    }

    /// The first value of a parameter in single precision, which only ``update(_:)`` writes.
    var address: UnsafeMutablePointer<Float> {
        switch storage {
        case .borrowed(let address, _): UnsafeMutablePointer(mutating: address)
        case .held(let tensor): tensor.address
        case .half: preconditionFailure("'\(name)' is in half precision")
        }
    }

    /// The matrix, in single precision, as an operand of a product.
    var block: Block { Block(address: address, rows: rows, columns: width, stride: width) }

    /// One value.
    func value(row: Int, column: Int) -> Float { withRow(row) { $0[column] } }

    /// Writes a row, in single precision.
    func copyRow(_ row: Int, to target: UnsafeMutablePointer<Float>) {
        if let halves {
            halves.widen(count: width, from: row * width, into: target)
        } else {
            target.update(from: address + row * width, count: width)
        }
    }

    /// Calls `body` with a row in single precision.
    func withRow<Result>(_ row: Int, _ body: (UnsafePointer<Float>) -> Result) -> Result {
        guard halves != nil else { return body(address + row * width) }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: max(width, 1)) { copy in
            guard let base = copy.baseAddress else { preconditionFailure("no memory for a row") }
            copyRow(row, to: base)
            return body(base)
        }
    }

    /// Whether backward passes add to ``gradient``.
    public var isTrained: Bool { gradient != nil }

    /// Makes the parameter trainable: copies values that lie in a file, and starts a gradient of zeros.
    public func train(pool: BufferPool) {
        if case .held = storage {
        } else {
            let copy = Tensor(rows: rows, width: width, pool: pool)
            for row in 0..<rows { copyRow(row, to: copy.rowAddress(row)) }
            storage = .held(copy)
        }
        gradient = Tensor(rows: rows, width: width, pool: pool)
        clearGradient()
    }

    /// Forgets the gradient; the values stay as they are.
    public func freeze() { gradient = nil }

    /// Sets the gradient to zero.
    public func clearGradient() { gradient?.fill(0) }

    /// Calls `body` with the values, row after row, to change them in place.
    public func update(_ body: (inout UnsafeMutableBufferPointer<Float>) -> Void) {
        precondition(isTrained, "the parameter '\(name)' is frozen")
        var values = UnsafeMutableBufferPointer(start: address, count: rows * width)
        body(&values)
    }

    /// Stops unless the parameter is a vector of this width.
    func requireVector(_ expected: Int) {
        precondition(
            rows == 1 && width == expected, "'\(name)' is \(rows) × \(width), not a vector of \(expected)")
    }
}
