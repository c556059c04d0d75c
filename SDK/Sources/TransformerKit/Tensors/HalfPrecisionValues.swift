import CKernels

/// Numbers of 16 bits in memory of others, which are widened, exactly, where they are needed.
struct HalfPrecisionValues {
    /// How 16 bits stand for a number.
    enum Format {
        /// IEEE 754 binary16.
        case float16
        /// The upper half of a binary32.
        case bfloat16
    }

    let format: Format
    let address: UnsafePointer<UInt16>

    /// Writes `count` numbers from `offset` on as float32.
    func widen(count: Int, from offset: Int, into target: UnsafeMutablePointer<Float>) {
        switch format {
        case .float16: kernels.widen_f16(count, address + offset, target)
        case .bfloat16: kernels.widen_bf16(count, address + offset, target)
        }
    }

    /// A rectangle of a matrix `[… × width]` as float32, densely in `memory`.
    func widened(rows: Range<Int>, columns: Range<Int>, width: Int, in memory: Tensor) -> Block {
        precondition(rows.count * columns.count <= memory.count, "a rectangle larger than its memory")
        let target = Block(
            address: memory.address, rows: rows.count, columns: columns.count, stride: columns.count)
        if columns.count == width {
            widen(count: rows.count * width, from: rows.lowerBound * width, into: target.address)
        } else {
            for (index, row) in rows.enumerated() {
                widen(
                    count: columns.count, from: row * width + columns.lowerBound,
                    into: target.address + index * target.stride)
            }
        }
        return target
    }
}
