import CKernels

/// The loops of every instruction set that this processor has.
let kernelLevels: [sonde_kernels] = [sonde_kernel_level.plain, .avx2, .avx512].compactMap {
    sonde_kernels_at($0)?.pointee
}

/// Lengths around the width of vectors, of unrolled loops and of tails.
let kernelLengths = [0, 1, 2, 7, 15, 16, 17, 33, 64, 65, 127, 1000]

/// The result of a loop that writes `count` floats.
func written(_ count: Int, from initial: Float = .nan, _ loop: (UnsafeMutablePointer<Float>) -> Void)
    -> [Float]
{
    var result = [Float](repeating: initial, count: count + 1)
    result[count] = 12345
    result.withUnsafeMutableBufferPointer { $0.baseAddress.map(loop) }
    precondition(result[count] == 12345, "a loop wrote past its end")
    return Array(result.prefix(count))
}
