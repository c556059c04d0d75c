import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Notices a process that neither tells anything nor works.
struct HangWatch {
    /// The share of a processor below which a process only waits.
    private static let idleShare = 0.01

    private let clock = SuspendingClock()
    private let limits: WorkerLimits
    private let start: SuspendingClock.Instant
    private var lastSign: SuspendingClock.Instant
    private var processorTimeThen: Duration

    init(_ limits: WorkerLimits, process: pid_t) {
        self.limits = limits
        start = clock.now
        lastSign = start
        processorTimeThen = Self.processorTime(of: process)
    }

    /// Takes note that the process has told something.
    mutating func hear(from process: pid_t) {
        lastSign = clock.now
        processorTimeThen = Self.processorTime(of: process)
    }

    /// How the process has overstepped its limits, if it has.
    mutating func verdict(on process: pid_t) -> Verdict? {
        let now = clock.now
        if let limit = limits.cell, now - start > limit { return .tooLong(limit) }
        let used = Self.processorTime(of: process) - processorTimeThen
        if used / (now - lastSign) > Self.idleShare {
            hear(from: process)
        } else if now - lastSign > limits.silence {
            return .silent(limits.silence)
        }
        return nil
    }

    /// What is wrong with a process that runs on.
    enum Verdict: Sendable, Hashable {
        /// It has told nothing and used no processor for this long.
        case silent(Duration)
        /// It has taken longer than a cell may.
        case tooLong(Duration)
    }

    /// Time that all threads of a process have run, by `/proc` (see proc_pid_stat(5)); zero if it is gone.
    private static func processorTime(of process: pid_t) -> Duration {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return .zero }
        let fields = text[name...].split(separator: " ")
        let ticks = fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
        return .seconds(Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }
}
