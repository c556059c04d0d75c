import Glibc

/// A pool of 64-byte aligned float32 memory that is reused by size.
///
/// Buffers go back to their pool when the last tensor over them is dropped, so a loop that makes the same shapes again,
/// such as a tuning step, allocates nothing after its first turn. Sizes are rounded up to eight classes per doubling,
/// so that batches of nearly the same size share memory.
///
/// A pool belongs to one thread at a time.
public final class BufferPool {
    /// The number of allocations made so far from the operating system's point of view; constant once all sizes were seen.
    public private(set) var allocationCount = 0
    /// Bytes held by the pool: those in use and those waiting to be reused.
    public private(set) var allocatedBytes = 0

    private var waiting: [Int: [UnsafeMutablePointer<Float>]] = [:]

    /// Makes an empty pool.
    public init() {}

    deinit { releaseUnused() }

    /// Gives back to the system all memory that no tensor uses.
    public func releaseUnused() {
        for (capacity, addresses) in waiting {
            for address in addresses { free(address) }
            allocatedBytes -= addresses.count * capacity * MemoryLayout<Float>.stride
        }
        waiting.removeAll()
    }

    /// Memory for at least `count` floats, with unspecified content.
    func buffer(count: Int) -> Buffer {
        let capacity = Self.roundedUp(count)
        if let address = waiting[capacity]?.popLast() {
            return Buffer(address: address, capacity: capacity, pool: self)
        }
        return Buffer(address: allocated(capacity), capacity: capacity, pool: self)
    }

    fileprivate func recycle(_ address: UnsafeMutablePointer<Float>, capacity: Int) {
        waiting[capacity, default: []].append(address)
    }

    private func allocated(_ capacity: Int) -> UnsafeMutablePointer<Float> {
        var memory: UnsafeMutableRawPointer?
        let bytes = capacity * MemoryLayout<Float>.stride
        let failure = posix_memalign(&memory, 64, bytes)
        guard failure == 0, let memory else { preconditionFailure("out of memory: \(bytes) bytes") }
        allocationCount += 1
        allocatedBytes += bytes
        return memory.bindMemory(to: Float.self, capacity: capacity)
    }

    /// The smallest class that holds `count` floats: a multiple of an eighth of the power of two below it, at least 16.
    private static func roundedUp(_ count: Int) -> Int {
        guard count > 128 else { return max(16, (count + 15) / 16 * 16) }
        let step = 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount - 3)
        return (count + step - 1) / step * step
    }
}

/// A piece of a pool's memory, given back when the last reference to it goes.
final class Buffer {
    let address: UnsafeMutablePointer<Float>
    let capacity: Int
    private let pool: BufferPool

    fileprivate init(address: UnsafeMutablePointer<Float>, capacity: Int, pool: BufferPool) {
        self.address = address
        self.capacity = capacity
        self.pool = pool
    }

    deinit { pool.recycle(address, capacity: capacity) }
}
