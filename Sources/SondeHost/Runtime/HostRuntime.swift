public import SondeSDK
import Synchronization

/// What the host does for plugins: log, progress, cancellation and threads.
///
/// Making one sets OpenBLAS's thread count to the budget.
public final class HostRuntime: PluginHost {
    /// Receives a line of the log.
    public typealias LogSink = @Sendable (LogLevel, String) -> Void
    /// Receives how far a call has come, in 0...1, and what it is doing.
    public typealias ProgressSink = @Sendable (Double, String) -> Void

    /// The physical cores that this process may use.
    public static let defaultThreads = Processors().threads

    /// How many threads a call may use.
    public let threadBudget: Int
    /// How many threads OpenBLAS uses, read back after it was asked for as many as the budget.
    public let threadsOfOpenBLAS: Int
    private let logSink: LogSink
    private let progressSink: ProgressSink
    private let pool: ThreadPool
    private let cancelled = Atomic<Bool>(false)

    /// A runtime.
    /// - Parameters:
    ///   - threads: the budget; by default one a physical core.
    ///   - log: where lines of the log go; by default nowhere. Called from any thread.
    ///   - progress: where progress goes; by default nowhere. Called from any thread.
    public init(
        threads: Int = HostRuntime.defaultThreads, log: @escaping LogSink = { _, _ in },
        progress: @escaping ProgressSink = { _, _ in }
    ) {
        threadBudget = max(1, threads)
        logSink = log
        progressSink = progress
        pool = ThreadPool(threadCount: threadBudget)
        OpenBLAS.threadCount = threadBudget
        threadsOfOpenBLAS = OpenBLAS.threadCount
    }

    /// Whether ``cancel()`` has been called.
    public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Asks all calls to stop soon.
    public func cancel() { cancelled.store(true, ordering: .relaxed) }

    /// Hands a line to the log.
    public func log(_ level: LogLevel, _ message: String) { logSink(level, message) }

    /// Hands progress on, kept within 0...1.
    public func report(progress fraction: Double, _ activity: String) {
        progressSink(fraction.isNaN ? 0 : min(max(fraction, 0), 1), activity)
    }

    /// Calls `body` with 0 ..< count, each once; OpenBLAS runs on one thread meanwhile.
    ///
    /// From within a body, or while another thread is in a loop, the calling thread does it alone.
    public func parallel(_ count: Int, _ body: (Int) -> Void) {
        pool.run(count, body)
    }
}
