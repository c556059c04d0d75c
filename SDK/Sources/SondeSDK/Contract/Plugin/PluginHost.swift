/// What the host does for a plugin.
public protocol PluginHost: Sendable {
    /// How many threads the current call may use.
    var threadBudget: Int { get }
    /// Whether the current call should stop soon, throwing ``SondeError/Code/cancelled``.
    var isCancelled: Bool { get }
    /// Writes a line to the user's log.
    func log(_ level: LogLevel, _ message: String)
    /// Tells how far the current call has come, `fraction` in 0...1.
    func report(progress fraction: Double, _ activity: String)
    /// Calls `body` with 0 ..< count, each once, on the threads of the budget; returns when all are done.
    ///
    /// OpenBLAS runs on one thread meanwhile. Not to be called from within a body.
    func parallel(_ count: Int, _ body: (Int) -> Void)
}

extension PluginHost {
    /// Throws ``SondeError/Code/cancelled`` if the host asks to stop.
    public func checkCancellation() throws {
        if isCancelled { throw SondeError(.cancelled, "The work was cancelled.") }
    }
}

/// How important a line of the log is.
public enum LogLevel: Int32, Sendable, Comparable {
    /// For the plugin's author.
    case debug = 0
    /// For the curious.
    case info
    /// Something the user should know.
    case warning
    /// Something that failed.
    case error

    /// By importance.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
