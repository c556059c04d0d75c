import Foundation
import Synchronization

/// Threads that wait for loops to run.
///
/// One loop runs at a time, on the calling thread and the pool's own, with OpenBLAS on one thread. A loop that is started while another one runs
/// (from within a body, or by another thread) runs on its calling thread alone.
final class ThreadPool: Sendable {
    /// How many threads a loop runs on, the calling thread included.
    let threadCount: Int
    private let state: State

    /// A pool of `threadCount - 1` threads beside the calling one.
    init(threadCount: Int) {
        self.threadCount = max(1, threadCount)
        let state = State()
        self.state = state
        for number in 1..<max(2, self.threadCount) where self.threadCount > 1 {
            let thread = Thread { state.work() }
            thread.name = "sonde-\(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit { state.stop() }

    /// Calls `body` with 0 ..< count, each once, and returns when all are done.
    func run(_ count: Int, _ body: (Int) -> Void) {
        guard count > 1, threadCount > 1, state.isBusy.exchange(true, ordering: .acquiring) == false else {
            for index in 0..<max(0, count) { body(index) }
            return
        }
        let threadsOfOpenBLAS = OpenBLAS.threadCount
        OpenBLAS.threadCount = 1
        defer {
            OpenBLAS.threadCount = threadsOfOpenBLAS
            state.isBusy.store(false, ordering: .releasing)
        }
        withoutActuallyEscaping(body) { body in
            // A helper may let go of the loop a moment after the loop has ended, when `body` is no longer there: the
            // loop points to it and does not hold it.
            withUnsafePointer(to: body) { body in
                let loop = Loop(count: count, body: body)
                state.start(loop)
                loop.work()
                state.finish(loop)
            }
        }
    }
}

extension ThreadPool {
    /// One parallel loop: its threads take indices until there are none left.
    private final class Loop: Sendable {
        private let count: Int
        private nonisolated(unsafe) let body: UnsafePointer<(Int) -> Void>
        private let next = Atomic<Int>(0)
        /// Threads of the pool that are inside.
        let helpers = Atomic<Int>(0)

        init(count: Int, body: UnsafePointer<(Int) -> Void>) {
            self.count = count
            self.body = body
        }

        func work() {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body.pointee(index)
            }
        }
    }

    /// What the pool's threads share; they keep it alive, not the pool.
    private final class State: Sendable {
        let isBusy = Atomic<Bool>(false)
        /// Counts the loops that have been started, so that a waiting thread sees a new one without a lock.
        private let generation = Atomic<Int>(0)
        private let current = Mutex<(loop: Loop?, isStopped: Bool)>((nil, false))
        private let condition = NSCondition()
        /// How often a thread looks before it sleeps: some ten microseconds, so that the loops of one
        /// pass find the threads awake and a matrix product between them finds the processors free.
        private static let patience = 20_000

        func start(_ loop: Loop) {
            current.withLock { $0.loop = loop }
            condition.lock()
            generation.add(1, ordering: .releasing)
            condition.broadcast()
            condition.unlock()
        }

        /// Takes the loop away and waits until no helper is inside.
        func finish(_ loop: Loop) {
            current.withLock { $0.loop = nil }
            wait { loop.helpers.load(ordering: .acquiring) == 0 }
        }

        func stop() {
            current.withLock { $0.isStopped = true }
            condition.lock()
            generation.add(1, ordering: .releasing)
            condition.broadcast()
            condition.unlock()
        }

        func work() {
            var seen = 0
            while true {
                seen = nextGeneration(after: seen)
                let (loop, isStopped) = current.withLock { state in
                    state.loop?.helpers.add(1, ordering: .acquiringAndReleasing)
                    return state
                }
                if isStopped { return }
                guard let loop else { continue }
                loop.work()
                leave(loop)
            }
        }

        private func leave(_ loop: Loop) {
            guard loop.helpers.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
            condition.lock()
            condition.broadcast()
            condition.unlock()
        }

        private func nextGeneration(after seen: Int) -> Int {
            wait { generation.load(ordering: .acquiring) != seen }
            return generation.load(ordering: .acquiring)
        }

        /// Looks a while for what another thread will make true, then sleeps until it is.
        private func wait(until isTrue: () -> Bool) {
            for _ in 0..<Self.patience where isTrue() { return }
            condition.lock()
            while !isTrue() { condition.wait() }
            condition.unlock()
        }
    }
}
