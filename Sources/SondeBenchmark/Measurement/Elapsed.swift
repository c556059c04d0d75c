import Foundation

/// How long something took.
public struct Elapsed: Sendable, Hashable, Codable {
    /// Seconds on the clock.
    public var wall: Double
    /// Seconds of processor time in user mode, summed over all threads: other work on the machine does not count,
    /// waiting in a loop does.
    public var processor: Double

    /// The time that `body` takes.
    static func of<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) -> Elapsed {
        let (clock, used) = (ContinuousClock.now, processorTime)
        try body()
        return Elapsed(wall: clock.duration(to: .now) / .seconds(1), processor: processorTime - used)
    }

    private static var processorTime: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
    }
}

/// What the system says of this process's memory.
enum ProcessMemory {
    /// The most that was ever resident, in bytes (`VmHWM` of proc(5)).
    static var peak: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        return (kibibytes ?? 0) * 1024
    }
}
