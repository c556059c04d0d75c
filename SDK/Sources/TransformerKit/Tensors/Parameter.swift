/// A weight of a model: a matrix `[rows × width]`, or a vector with one row, in the layout of its checkpoint.
///
/// Weights are frozen unless ``train(pool:)`` was called: then every recorded operation that uses the parameter adds to
/// its gradient, and its values may be changed between passes.
public final class Parameter {
    /// The name in the checkpoint, for messages.
    public let name: String
    /// The number of rows; 1 for a vector.
    public let rows: Int
    /// The number of columns.
    public let width: Int
    /// The sum of the gradients of all backward passes since ``clearGradient()``, if the parameter is trained.
    public private(set) var gradient: Tensor?

    /// The first value, which only ``update(_:)`` writes.
    private(set) var address: UnsafeMutablePointer<Float>
    private var owner: AnyObject?
    private var trained: Tensor?

    /// Wraps memory that `owner` keeps alive, such as a mapped file, without copying it.
    init(name: String, rows: Int, width: Int, address: UnsafePointer<Float>, owner: AnyObject) {
        self.name = name
        self.rows = rows
        self.width = width
        self.address = UnsafeMutablePointer(mutating: address)
        self.owner = owner
    }

    /// Holds a tensor, which nobody else may write.
    init(name: String, holding tensor: Tensor) {
        self.name = name
        rows = tensor.rows
        width = tensor.width
        address = tensor.address
        trained = tensor
    }

    /// Holds a copy of `values`, row after row.
    public convenience init(name: String, rows: Int, width: Int, values: [Float]) {
        self.init(
            name: name, holding: Tensor(rows: rows, width: width, values: values, pool: BufferPool()))
    }

    /// The matrix as an operand of a product.
    var block: Block { Block(address: address, rows: rows, columns: width, stride: width) }

    /// Whether backward passes add to ``gradient``.
    public var isTrained: Bool { gradient != nil }

    /// Makes the parameter trainable: copies values that lie in a file, and starts a gradient of zeros.
    public func train(pool: BufferPool) {
        if trained == nil {
            let copy = Tensor(rows: rows, width: width, pool: pool)
            copy.address.update(from: address, count: copy.count)
            address = copy.address
            trained = copy
            owner = nil
        }
        gradient = Tensor(rows: rows, width: width, pool: pool)
        clearGradient()
    }

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
