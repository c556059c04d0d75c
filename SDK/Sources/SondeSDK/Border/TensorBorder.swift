import CSonde

extension DenseTensor {
    /// A copy of a tensor that crossed the border.
    init(copying tensor: sonde_tensor) throws {
        let shape = UnsafeBufferPointer(start: tensor.shape, count: Int(tensor.rank)).map {
            Int(clamping: $0)
        }
        let count = try shape.reduce(1) { product, extent in
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            if overflow { throw SondeError.invalidArgument("A tensor's shape \(shape) is too large.") }
            return next
        }
        guard tensor.values != nil || count == 0 else {
            throw SondeError.invalidArgument("A tensor of shape \(shape) has no values.")
        }
        self.init(shape: shape, values: Array(UnsafeBufferPointer(start: tensor.values, count: count)))
    }

    /// The tensor as it crosses the border, in memory of `scratch`.
    func lent(in scratch: Scratch) -> sonde_tensor {
        sonde_tensor(
            values: scratch.copy(values), shape: scratch.copy(shape.map(UInt64.init)),
            rank: UInt64(shape.count))
    }
}
