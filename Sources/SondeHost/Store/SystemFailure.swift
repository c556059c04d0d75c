#if canImport(Glibc)
    import Glibc
#endif

/// What the system says about the call that has just failed.
enum SystemFailure {
    /// As people say it: `No space left on device`.
    static var last: String { String(cString: strerror(errno)) }
}
