/// How a study is run; nothing of it changes results.
public struct RunOptions: Sendable {
    /// The `sonde` that workers run.
    public var executable: String
    /// Threads of all workers together.
    public var threads: Int
    /// How many cells are done at once.
    public let workers: Int
    /// Whether results of other builds of host and plugins are taken for finished.
    public var acceptsBuilds: Bool
    /// When a worker is held to hang.
    public var limits: WorkerLimits

    /// Options; by default this process's executable, one worker and a thread for each physical core.
    public init(
        executable: String = PluginSearch.currentExecutable, threads: Int = HostRuntime.defaultThreads,
        workers: Int = 1, acceptsBuilds: Bool = false, limits: WorkerLimits = WorkerLimits()
    ) {
        self.executable = executable
        self.threads = threads
        self.workers = max(1, workers)
        self.acceptsBuilds = acceptsBuilds
        self.limits = limits
    }

    /// Threads of each worker.
    public var threadsPerWorker: Int { max(1, threads / workers) }
}
