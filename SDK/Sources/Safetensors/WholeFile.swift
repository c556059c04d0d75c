import Foundation

/// Writes files that are there whole or not at all: under a temporary name, synced, then renamed.
public enum WholeFile {
    /// The system's refusal.
    public struct Refusal: Error, Sendable, Hashable {
        /// The system's error number.
        public let code: Int32
        /// The system's words.
        public var words: String { String(cString: strerror(code)) }
    }

    /// Writes a file, replacing one that is there; a device or a pipe is written to as it stands.
    public static func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeInPlace(bytes, to: path)
        }
        let temporary = "\(path).\(getpid()).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        do throws(Refusal) {
            defer { close(descriptor) }
            try writeAll(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw Refusal(code: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let refusal = Refusal(code: errno)
            unlink(temporary)
            throw refusal
        }
    }

    private static func writeInPlace(_ bytes: [UInt8], to path: String) throws(Refusal) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor)
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Refusal) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Refusal(code: errno) }
            written += count
        }
    }
}
