/// A borrowed, read-only matrix `[rows × width]` of float32 whose rows stand `stride` values apart.
///
/// It is valid during the call that handed it over; copy what must live longer.
public struct MatrixView {
    /// How many rows there are.
    public let rows: Int
    /// Values of a row.
    public let width: Int
    /// Distance from one row to the next, in values.
    public let stride: Int
    private let base: UnsafePointer<Float>?

    /// A view of memory that stays valid as long as the view is used.
    public init(base: UnsafePointer<Float>?, rows: Int, width: Int, stride: Int? = nil) {
        precondition(
            rows >= 0 && width >= 0 && (stride ?? width) >= width && (base != nil || rows * width == 0))
        self.base = base
        self.rows = rows
        self.width = width
        self.stride = stride ?? width
    }

    /// One value.
    public subscript(row: Int, column: Int) -> Float {
        precondition(row >= 0 && row < rows && column >= 0 && column < width)
        return base.map { $0[row * stride + column] } ?? 0
    }

    /// A copy of one row.
    public func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows)
        return Array(UnsafeBufferPointer(start: base.map { $0 + index * stride }, count: width))
    }

    /// The memory itself, for libraries that take pointers.
    public func withUnsafeBase<Result>(_ body: (UnsafePointer<Float>?) throws -> Result) rethrows -> Result {
        try body(base)
    }
}

/// A borrowed vector of float32 that can be written.
///
/// It is valid during the call that handed it over.
public struct MutableVectorView {
    /// How many values there are.
    public let count: Int
    private let base: UnsafeMutablePointer<Float>?

    /// A view of memory that stays valid as long as the view is used.
    public init(base: UnsafeMutablePointer<Float>?, count: Int) {
        precondition(count >= 0 && (base != nil || count == 0))
        self.base = base
        self.count = count
    }

    /// One value.
    public subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count)
            return base.map { $0[index] } ?? 0
        }
        nonmutating set {
            precondition(index >= 0 && index < count)
            base?[index] = newValue
        }
    }

    /// The values, to be read.
    public func withSpan<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// The values, to be changed.
    public func withMutableSpan<Result>(
        _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        let buffer = UnsafeMutableBufferPointer(start: base, count: count)
        var span = buffer.mutableSpan
        return try body(&span)
    }

    /// The memory itself, for loops that must be fast.
    public func withUnsafeBase<Result>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> Result) rethrows
        -> Result
    {
        try body(UnsafeMutableBufferPointer(start: base, count: count))
    }
}
