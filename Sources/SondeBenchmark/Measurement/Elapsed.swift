import Foundation

/// How long something took.
public struct Elapsed: Sendable, Hashable, Codable {
    /// Seconds on the clock.
    public var wall: Double
    /// Seconds of processor time in user mode, summed over all threads: other work on the machine does not count,
    /// waiting in a loop does.
    public var processor: Double

    /// A time.
    public init(wall: Double, processor: Double) {
        self.wall = wall
        self.processor = processor
    }

    /// The time that `body` takes.
    static func of<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) -> Elapsed {
        let (clock, used) = (ContinuousClock.now, processorTime)
        try body()
        return Elapsed(wall: clock.duration(to: .now) / .seconds(1), processor: processorTime - used)
    }

    /// The processor time in user mode of this process so far.
    static var processorTime: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
    }

    /// The medians of both times.
    public init(medianOf list: [Elapsed]) {
        func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            guard let upper = sorted.dropFirst(sorted.count / 2).first else { return .nan }
            return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
        }
        self.init(wall: median(list.map(\.wall)), processor: median(list.map(\.processor)))
    }
}

/// A pause between two measurements.
enum Rest {
    /// Threads of OpenBLAS's own look some ten milliseconds for more work before they sleep; they must not be in the
    /// way of what is measured next.
    static func take() { usleep(60_000) }
}
