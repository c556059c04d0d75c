import Foundation

/// What a piece of work takes.
struct WorkTime: Codable, Sendable, Hashable {
    /// Seconds on the clock.
    var seconds: Double
    /// Seconds of processor time, summed over all threads; other work on the machine does not count.
    var processorSeconds: Double

    static let zero = WorkTime(seconds: 0, processorSeconds: 0)

    private enum CodingKeys: String, CodingKey {
        case seconds
        case processorSeconds = "processor_seconds"
    }

    static func + (left: Self, right: Self) -> Self {
        Self(
            seconds: left.seconds + right.seconds,
            processorSeconds: left.processorSeconds + right.processorSeconds)
    }

    static func * (time: Self, factor: Double) -> Self {
        Self(seconds: time.seconds * factor, processorSeconds: time.processorSeconds * factor)
    }
}

/// Measures what this process takes from now on.
struct WorkMeter {
    private let start = ContinuousClock.now
    private let processorStart = Self.processorSeconds

    /// Begins to measure; the peak of memory begins anew, too, where the system allows it (Linux 4.0).
    init() {
        let peak = FileHandle(forWritingAtPath: "/proc/self/clear_refs")
        try? peak?.write(contentsOf: Data("5".utf8))
    }

    /// What has been taken so far.
    var time: WorkTime {
        WorkTime(
            seconds: start.duration(to: .now) / .seconds(1),
            processorSeconds: Self.processorSeconds - processorStart)
    }

    /// The most memory that was resident since the beginning, in bytes (`VmHWM` of proc_pid_status(5)).
    ///
    /// What the process had kept from before is in it, for that has to fit, too.
    var peakMemory: Int {
        let line = SystemFile.lines("/proc/self/status").first { $0.hasPrefix("VmHWM:") } ?? ""
        return 1024 * (line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0)
    }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { sum, time in
            sum + Double(time.tv_sec) + 1e-6 * Double(time.tv_usec)
        }
    }
}
