import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Sends standard output and error to a cell's log as long as it lives.
struct CellLog: ~Copyable {
    private let before: Int32

    /// - Throws: ``HostError`` if the log cannot be written.
    init(_ path: String) throws(HostError) {
        let log = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else {
            throw .inputOutput("\(path): the log cannot be written: \(SystemFailure.last).")
        }
        before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 64)
        dup2(log, STDOUT_FILENO)
        dup2(log, STDERR_FILENO)
        close(log)
    }

    /// Adds a line to the log of the cell that is under way.
    static func add(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    deinit {
        fflush(nil)
        dup2(before, STDOUT_FILENO)
        dup2(before, STDERR_FILENO)
        close(before)
    }
}
