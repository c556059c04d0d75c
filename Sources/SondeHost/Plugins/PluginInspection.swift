import Foundation
import SondeJSON

#if canImport(Glibc)
    import Glibc
#endif

/// Both ends of reading a library in a child process.
///
/// The child writes one frame to its standard output: a line `sonde-reading LENGTH` and that many bytes of JSON. What
/// a library prints while it is loaded goes elsewhere.
public enum PluginInspection {
    /// The hidden verb of the child.
    public static let verb = "inspect-plugin"
    private static let heading = "sonde-reading"

    /// The child's end: reads a library, answers, and ends the process.
    public static func answer(file: String) -> Never {
        // Should the parent be gone, a library that hangs does not outlive it for long.
        alarm(60)
        var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)
        let answer = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 64)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        let reading = PluginReading(ofLibrary: file)
        let json = (try? JSONValue(encoding: reading).text()) ?? ""
        let frame = "\(heading) \(json.utf8.count)\n\(json)"
        FileHandle(fileDescriptor: answer).write(Data(frame.utf8))
        // Leaves without running what the library may have registered for the end.
        _exit(0)
    }

    /// The parent's end: has a library read by a child process.
    /// - Parameters:
    ///   - executable: a `sonde`.
    ///   - limit: how many seconds it may take.
    static func read(_ file: String, by executable: String, within limit: Int) throws -> PluginReading {
        let child = try ChildProcess(
            executable: executable, arguments: [verb, file],
            environment: ["SWIFT_BACKTRACE": "enable=no"], errors: .discarded)
        let deadline = ContinuousClock.now + .seconds(limit)
        let output = child.readOutput(limit: 64 << 20, until: deadline)
        if let reading = reading(inFrame: output) { return reading }
        guard let ending = child.wait(until: deadline) else { return .refused(.hung(seconds: limit)) }
        return .refused(.ended(how: ending.description))
    }

    private static func reading(inFrame bytes: [UInt8]) -> PluginReading? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        let body = bytes[(end + 1)...]
        guard words.count == 2, words[0] == heading, Int(words[1]) == body.count else { return nil }
        return try? JSONValue(parsing: Array(body)).decoded(as: PluginReading.self)
    }
}
