import Foundation

/// A file's bytes, mapped read-only; pages come from the disk when they are touched.
///
/// Unchecked: the memory is never written.
public final class MappedFile: @unchecked Sendable {
    /// The file's path.
    public let path: String
    /// All bytes; valid as long as this object.
    public let bytes: UnsafeRawBufferPointer

    /// Maps a file.
    /// - Throws: ``SafetensorsError`` with the system's words.
    public init(_ path: String) throws(SafetensorsError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refusal(path, "cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.refusal(path, "cannot be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SafetensorsError(file: path, .system("this is not a regular file"))
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED else {
            throw Self.refusal(path, "cannot be mapped")
        }
        bytes = UnsafeRawBufferPointer(start: memory, count: size)
    }

    deinit {
        if let start = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }

    /// Tells the system that a range of bytes was read for the last time, so that its memory can be given back.
    public func discard(_ range: Range<Int>) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        guard let start = bytes.baseAddress, end > first else { return }
        madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, MADV_DONTNEED)
    }

    private static func refusal(_ path: String, _ what: String) -> SafetensorsError {
        SafetensorsError(file: path, .system("\(what): \(String(cString: strerror(errno)))"))
    }
}
