/// When a worker is held to hang.
public struct WorkerLimits: Sendable, Hashable {
    /// How long a cell may tell nothing and use no processor.
    public var silence: Duration
    /// How long a cell may take at all; `nil` for as long as it likes.
    public var cell: Duration?
    /// How long a worker may take to stop when it is asked to.
    public var stopping: Duration

    /// Limits.
    public init(silence: Duration = .seconds(60), cell: Duration? = nil, stopping: Duration = .seconds(10)) {
        self.silence = silence
        self.cell = cell
        self.stopping = stopping
    }
}
