import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// One value for each thread.
final class ThreadLocal<Value: Sendable>: Sendable {
    private let values = Mutex<[pthread_t: Value]>([:])

    var value: Value? {
        get { values.withLock { $0[pthread_self()] } }
        set { values.withLock { $0[pthread_self()] = newValue } }
    }
}
