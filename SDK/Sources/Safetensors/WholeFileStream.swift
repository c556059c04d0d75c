import Foundation

/// Writes a file piece by piece that is there whole at the end or not at all: under a temporary name, synced, then renamed.
///
/// A device or a pipe is written to as it stands.
public final class WholeFileStream {
    private let path: String
    /// `nil` where there is nothing to rename.
    private let temporary: String?
    private let descriptor: Int32
    private var isFinished = false

    /// Begins a file.
    public init(_ path: String) throws(WholeFile.Refusal) {
        self.path = path
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            temporary = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            let name = "\(path).\(getpid()).partial"
            temporary = name
            descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw WholeFile.Refusal(code: errno) }
    }

    deinit {
        close(descriptor)
        if !isFinished, let temporary { unlink(temporary) }
    }

    /// Writes the next bytes.
    public func append(_ bytes: RawSpan) throws(WholeFile.Refusal) {
        var written = 0
        while written < bytes.byteCount {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw WholeFile.Refusal(code: errno) }
            written += count
        }
    }

    /// Puts the file in its place, over one that is there.
    public func finish() throws(WholeFile.Refusal) {
        if let temporary {
            guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
                throw WholeFile.Refusal(code: errno)
            }
        }
        isFinished = true
    }
}
