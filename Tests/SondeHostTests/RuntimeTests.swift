import Foundation
import SondeHost
import SondeSDK
import Synchronization
import Testing

/// Threads, cancellation and progress of the host.
@Suite struct RuntimeTests {
    @Test("A parallel loop visits every index once", arguments: [1, 2, 5], [0, 1, 2, 7, 1000])
    func everyIndexOnce(threads: Int, count: Int) {
        let runtime = HostRuntime(threads: threads)
        let visits = (0..<count).map { _ in Counter() }
        for _ in 0..<3 { runtime.parallel(count) { visits[$0].add() } }
        #expect(visits.allSatisfy { $0.value == 3 })
    }

    @Test("A loop runs on more than one thread")
    func severalThreads() {
        let runtime = HostRuntime(threads: 2)
        let both = Counter()
        let deadline = ContinuousClock.now + .seconds(30)
        // Each body waits for the other, so that one thread alone would not come through.
        runtime.parallel(2) { _ in
            both.add()
            while both.value < 2, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.001) }
        }
        #expect(both.value == 2)
        #expect(ContinuousClock.now < deadline)
    }

    @Test("A loop within a loop runs on its caller")
    func nestedLoops() {
        let runtime = HostRuntime(threads: 3)
        let visits = Counter()
        runtime.parallel(4) { _ in runtime.parallel(5) { _ in visits.add() } }
        #expect(visits.value == 20)
    }

    @Test("Loops of several threads at once all come to their end")
    func concurrentLoops() async {
        let runtime = HostRuntime(threads: 2)
        let visits = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<50 { runtime.parallel(3) { _ in visits.add() } } }
            }
        }
        #expect(visits.value == 8 * 50 * 3)
    }

    // In a process of its own, for other tests make hosts of other budgets meanwhile.
    @Test("OpenBLAS runs on one thread during a loop and on the budget after it")
    func openBLASThreads() async {
        await #expect(processExitsWith: .success) {
            let runtime = HostRuntime(threads: 2)
            let before = OpenBLAS.threadCount
            let seen = Mutex<Set<Int>>([])
            runtime.parallel(4) { _ in
                let count = OpenBLAS.threadCount
                _ = seen.withLock { $0.insert(count) }
            }
            let isRight = before == 2 && seen.withLock { $0 } == [1] && OpenBLAS.threadCount == 2
            exit(isRight ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    @Test("Progress stays within its bounds, cancelling is seen")
    func progressAndCancellation() throws {
        let seen = Mutex<[Double]>([])
        let runtime = HostRuntime(
            threads: 1, progress: { fraction, _ in seen.withLock { $0.append(fraction) } })
        for fraction in [-1, 0.5, 2, .nan] { runtime.report(progress: fraction, "work") }
        #expect(seen.withLock { $0 } == [0, 0.5, 1, 0])
        try runtime.checkCancellation()
        runtime.cancel()
        #expect(throws: SondeError.self) { try runtime.checkCancellation() }
    }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        var value: Int { count.load(ordering: .sequentiallyConsistent) }
        func add() { count.add(1, ordering: .sequentiallyConsistent) }
    }
}
