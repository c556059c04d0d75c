import Foundation
import SondeSDK
import Synchronization

/// The worker's way to its run: writes events, not more of progress than a person can read.
final class EventChannel: Sendable {
    private static let pause = Duration.milliseconds(100)

    private let output: FileHandle
    private let lastProgress = Mutex<ContinuousClock.Instant?>(nil)

    init(_ output: FileHandle) {
        self.output = output
    }

    /// Tells an event.
    func send(_ event: WorkerEvent) {
        lastProgress.withLock { last in
            if event.isProgress {
                if let last, ContinuousClock.now - last < Self.pause { return }
                last = .now
            }
            // Without a reader the worker is about to end, too.
            if let line = try? MessageLine.bytes(event) { try? output.write(contentsOf: line) }
        }
    }
}

extension WorkerEvent {
    /// Whether a later event of its kind says all that this one does.
    fileprivate var isProgress: Bool {
        switch self {
        case .progress, .tuning(.step): true
        case .calling, .tuning, .warning, .done, .failed: false
        }
    }
}
