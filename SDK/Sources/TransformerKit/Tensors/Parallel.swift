/// The threads that the host lends for the length of a call.
///
/// Between two runs the kit computes on the calling thread only. During a run OpenBLAS must use one thread for each
/// product, since every piece of work makes products of its own: whoever provides `run` sees to that.
public struct Parallel {
    /// The number of pieces of work that can run at the same time, at least 1.
    public let threadCount: Int
    private let execute: (_ count: Int, _ body: (Int) -> Void) -> Void

    /// Wraps the host's parallel loop.
    ///
    /// - Parameters:
    ///   - threadCount: How many pieces can run at the same time.
    ///   - run: Calls `body` once with each of 0..<count, on any threads and in any order, and returns when all are done.
    public init(threadCount: Int, run: @escaping (_ count: Int, _ body: (Int) -> Void) -> Void) {
        self.threadCount = max(1, threadCount)
        execute = run
    }

    /// Everything on the calling thread.
    public static var serial: Parallel {
        Parallel(threadCount: 1) { count, body in
            for index in 0..<count { body(index) }
        }
    }

    /// Calls `body` once with each of 0..<count and returns when all are done.
    func run(_ count: Int, _ body: (Int) -> Void) {
        if count > 0 { execute(count, body) }
    }
}

extension Range<Int> {
    /// The `index`-th of `count` nearly equal consecutive pieces, whose inner borders are multiples of `multiple`.
    func piece(_ index: Int, of count: Int, multiple: Int = 1) -> Range<Int> {
        let units = (self.count + multiple - 1) / multiple
        let start = lowerBound + units * index / count * multiple
        let end = lowerBound + units * (index + 1) / count * multiple
        return Swift.min(start, upperBound)..<Swift.min(end, upperBound)
    }

    /// Consecutive ranges of `size`, the last of what is left.
    func chunks(of size: Int) -> some Sequence<Range<Int>> {
        let end = upperBound
        return stride(from: lowerBound, to: end, by: size).lazy.map { $0..<Swift.min($0 + size, end) }
    }
}
