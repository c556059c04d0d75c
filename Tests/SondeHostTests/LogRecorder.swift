import Synchronization

/// Keeps lines of a log.
final class LogRecorder: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock(\.self) }

    func add(_ line: String) { kept.withLock { $0.append(line) } }
}
