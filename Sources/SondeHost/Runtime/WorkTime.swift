import Foundation

/// How long a piece of work takes.
public struct WorkTime: Codable, Sendable, Hashable {
    /// Seconds on the clock.
    public var seconds: Double
    /// Seconds of processor time, summed over all threads; other work on the machine does not count.
    public var processorSeconds: Double

    /// A time.
    public init(seconds: Double, processorSeconds: Double) {
        self.seconds = seconds
        self.processorSeconds = processorSeconds
    }

    /// No time.
    public static let zero = WorkTime(seconds: 0, processorSeconds: 0)

    private enum CodingKeys: String, CodingKey {
        case seconds
        case processorSeconds = "processor_seconds"
    }
}

extension WorkTime {
    /// Both together.
    public static func + (left: Self, right: Self) -> Self {
        Self(
            seconds: left.seconds + right.seconds,
            processorSeconds: left.processorSeconds + right.processorSeconds)
    }

    /// What the left one takes longer, if it does.
    public static func - (left: Self, right: Self) -> Self {
        Self(
            seconds: max(0, left.seconds - right.seconds),
            processorSeconds: max(0, left.processorSeconds - right.processorSeconds))
    }

    /// So many times.
    public static func * (time: Self, factor: Double) -> Self {
        Self(seconds: time.seconds * factor, processorSeconds: time.processorSeconds * factor)
    }

    /// The least of both, by each clock.
    func least(_ other: Self) -> Self {
        Self(
            seconds: min(seconds, other.seconds),
            processorSeconds: min(processorSeconds, other.processorSeconds))
    }

    static func += (left: inout Self, right: Self) { left = left + right }

    /// What `body` returns, and the time that it takes.
    static func measured<Value>(_ body: () throws -> Value) rethrows -> (value: Value, time: WorkTime) {
        let (start, used) = (ContinuousClock.now, processorSeconds)
        let value = try body()
        let seconds = start.duration(to: .now) / .seconds(1)
        return (value, WorkTime(seconds: seconds, processorSeconds: processorSeconds - used))
    }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { sum, time in
            sum + Double(time.tv_sec) + 1e-6 * Double(time.tv_usec)
        }
    }
}
