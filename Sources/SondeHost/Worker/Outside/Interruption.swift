import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Counts how often the user has asked this process to stop (Ctrl-C, or SIGTERM).
public enum Interruption {
    private static let requests = Atomic<Int>(0)

    /// Takes SIGINT and SIGTERM from now on; a reader that goes away is no signal any more, either.
    public static func watch() {
        // The first use makes the counter, which a signal handler must not do.
        _ = count
        // Whoever started this process may have left the signals blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        signal(SIGINT) { _ in Interruption.requests.wrappingAdd(1, ordering: .relaxed) }
        signal(SIGTERM) { _ in Interruption.requests.wrappingAdd(1, ordering: .relaxed) }
        signal(SIGPIPE, SIG_IGN)
    }

    /// How often.
    static var count: Int { requests.load(ordering: .relaxed) }
}
