import Foundation

/// What the file system says of a file: the same as long as nobody writes it.
///
/// The time of the last change is the one that programs cannot set (`st_ctim`; stat(2)).
struct FileState: Sendable, Hashable, Codable {
    /// A file that was changed less than so many seconds ago may change again without another time.
    private static let restlessness = 2.0

    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let changedSeconds: Int
    private let changedNanoseconds: Int

    /// `nil` if there is no such file.
    init?(ofFile path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        (changedSeconds, changedNanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    }

    /// Whether another change would be seen.
    var isSettled: Bool {
        Date().timeIntervalSince1970 - Double(changedSeconds) > Self.restlessness
    }
}
