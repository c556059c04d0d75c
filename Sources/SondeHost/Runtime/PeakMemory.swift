import Foundation

/// The most memory of this process that was resident at once.
enum PeakMemory {
    /// Begins anew with what is resident now, where the system allows it (Linux 4.0 and later).
    static func reset() {
        let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs")
        try? file?.write(contentsOf: Data("5".utf8))
    }

    /// In bytes, since the beginning (`VmHWM` of proc_pid_status(5)).
    static var bytes: Int {
        let line = SystemFile.lines("/proc/self/status").first { $0.hasPrefix("VmHWM:") } ?? ""
        return 1024 * (line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0)
    }
}
