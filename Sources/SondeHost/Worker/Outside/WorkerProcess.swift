import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A worker as its run sees it.
final class WorkerProcess {
    private let child: ChildProcess
    private var buffer = LineBuffer()
    private var watch: HangWatch
    private let limits: WorkerLimits
    /// The plugin that it was last about to call, and what for.
    private(set) var calling: (plugin: String, activity: String)?

    /// Starts a worker.
    /// - Parameter executable: a `sonde`.
    init(executable: String, threads: Int, limits: WorkerLimits) throws {
        child = try ChildProcess(
            executable: executable, arguments: [Worker.verb, "--threads", "\(threads)"],
            environment: ["SWIFT_BACKTRACE": "enable=no"], input: .pipe)
        self.limits = limits
        watch = HangWatch(limits, process: child.id)
    }

    /// Where its events can be waited for.
    var descriptor: Int32 { child.output?.fileDescriptor ?? -1 }

    /// Asks for something; a worker that is gone is noticed when it is listened to.
    func send(_ request: WorkerRequest) throws {
        watch = HangWatch(limits, process: child.id)
        calling = nil
        try? child.input?.write(contentsOf: try MessageLine.bytes(request))
    }

    /// Asks to stop soon.
    func cancel() {
        if let line = try? MessageLine.bytes(WorkerRequest.cancel) {
            try? child.input?.write(contentsOf: line)
        }
    }

    /// What it has told since it was last listened to; `nil` once it has closed its output.
    func events() throws -> [WorkerEvent]? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        watch.hear(from: child.id)
        return try buffer.lines(adding: bytes[..<count]).map { line in
            let event = try MessageLine.message(WorkerEvent.self, line)
            if case .calling(let plugin, let activity) = event { calling = (plugin, activity) }
            return event
        }
    }

    /// How it has overstepped its limits, if it has.
    func verdict() -> HangWatch.Verdict? { watch.verdict(on: child.id) }

    /// Ends it at once.
    func kill() { child.kill() }

    /// How it has ended, if it does soon.
    func ending() -> ChildProcess.Ending? { child.wait(until: .now + .seconds(5)) }
}
