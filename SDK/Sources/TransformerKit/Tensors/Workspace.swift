import CKernels

/// The loops of the fastest instruction set here.
let kernels: sonde_kernels = sonde_kernels_fastest().pointee

/// What a computation works with: memory to reuse and threads to run on.
public struct Workspace {
    /// Where tensors get their memory.
    public let pool: BufferPool
    /// The threads lent by the host.
    public let parallel: Parallel

    /// Below this many entries a loop stays on the calling thread: handing it out would take longer.
    private static let smallestSharedLoop = 1 << 15

    /// Combines memory and threads.
    public init(pool: BufferPool, parallel: Parallel) {
        self.pool = pool
        self.parallel = parallel
    }

    /// A matrix of unspecified content.
    func tensor(rows: Int, width: Int) -> Tensor { Tensor(rows: rows, width: width, pool: pool) }

    /// A matrix of zeros.
    func zeros(rows: Int, width: Int) -> Tensor {
        let tensor = tensor(rows: rows, width: width)
        tensor.fill(0)
        return tensor
    }

    /// Calls `body` with consecutive pieces of 0..<rows, at the same time where the matrix is large.
    func forEachPiece(rows: Int, width: Int, _ body: (Range<Int>) -> Void) {
        let pieces = rows * width < Self.smallestSharedLoop ? 1 : min(parallel.threadCount, rows)
        guard pieces > 1 else { return body(0..<rows) }
        parallel.run(pieces) { body((0..<rows).piece($0, of: pieces)) }
    }

    /// Calls `body` with the offset and the length of pieces of `count` entries, at the same time where there are many.
    func forEachPiece(count: Int, _ body: (_ offset: Int, _ length: Int) -> Void) {
        let pieces = count < Self.smallestSharedLoop ? 1 : parallel.threadCount
        guard pieces > 1 else { return body(0, count) }
        parallel.run(pieces) { index in
            let piece = (0..<count).piece(index, of: pieces, multiple: 16)
            body(piece.lowerBound, piece.count)
        }
    }
}
