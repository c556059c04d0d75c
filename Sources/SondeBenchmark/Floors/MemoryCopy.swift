import Foundation
import SondeHost

/// Moves bytes from memory to memory on all threads: what a load would take if all the rest were free.
final class MemoryCopy: Floor {
    /// 256 MiB, more than caches hold.
    private static let size = 1 << 28

    private let share: Double
    private let runtime: HostRuntime
    private let source: UnsafeMutableRawPointer
    private let target: UnsafeMutableRawPointer

    /// - Parameter bytes: how many are read and written altogether.
    init(bytes: Int, on runtime: HostRuntime) {
        share = Double(bytes) / Double(2 * Self.size)
        self.runtime = runtime
        func memory() -> UnsafeMutableRawPointer {
            let address = UnsafeMutableRawPointer.allocate(byteCount: Self.size, alignment: 64)
            memset(address, 1, Self.size)
            return address
        }
        source = memory()
        target = memory()
    }

    deinit {
        source.deallocate()
        target.deallocate()
    }

    let name = "memory copy"

    func elapsed() -> Elapsed {
        let threads = runtime.threadBudget
        let copied = Elapsed.of {
            runtime.parallel(threads) { thread in
                let piece = (0..<Self.size).piece(thread, of: threads)
                memcpy(target + piece.lowerBound, source + piece.lowerBound, piece.count)
            }
        }
        return Elapsed(wall: copied.wall * share, processor: copied.processor * share)
    }
}
