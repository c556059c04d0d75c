import SondeSDK

/// Measures passes of one kind on real rows: a few of all sizes, each at least twice.
///
/// The least time of each counts: the first pass of its size has to get memory, and others may want the machine, too.
struct PassSampling {
    /// Tokens of the first pass, by which the length of the others is judged.
    private static let firstTokens = 256
    /// Longer passes are cut, in seconds.
    private static let longestPass = 5.0
    /// How long one round through all samples may take, in seconds.
    private static let longestRound = 6.0
    /// How long is measured at least, in seconds.
    private static let shortestMeasurement = 0.5
    private static let sampleCounts = 3...8

    let rows: Rows
    /// The passes that the work consists of, each as indices of rows.
    let passes: [[Int]]
    let host: any PluginHost
    /// Does a pass.
    let run: (Rows) throws -> Void

    /// Measures.
    /// - Throws: what the passes throw, and ``HostError`` if there is nothing to measure.
    func cost() throws -> PassCost {
        let sorted = passes.sorted { tokens($0) < tokens($1) }
        guard let largest = sorted.last, tokens(largest) > 0 else {
            throw HostError.data("There are no rows to measure a pass with.")
        }
        PeakMemory.reset()
        let memoryBefore = PeakMemory.bytes
        let first = cut(largest, to: Self.firstTokens)
        let firstTime = try pass(first).least(try pass(first))
        let secondsPerToken = firstTime.seconds / Double(first.tokenCount)
        let samples = samples(of: sorted, secondsPerToken: secondsPerToken)
        var times = try samples.map(pass)
        let start = ContinuousClock.now
        repeat {
            for index in samples.indices { times[index] = times[index].least(try pass(samples[index])) }
        } while ContinuousClock.now - start < .seconds(Self.shortestMeasurement)
        let measured = samples.reduce(0) { $0 + $1.tokenCount }
        return PassCost(
            tokens: passes.reduce(0) { $0 + tokens($1) }, largestPass: tokens(largest),
            largestMeasured: samples.map(\.tokenCount).max() ?? 0,
            timePerToken: times.reduce(.zero, +) * (1 / Double(measured)), memoryBefore: memoryBefore,
            measuredMemory: PeakMemory.bytes)
    }

    private func pass(_ sample: Rows) throws -> WorkTime {
        try host.checkCancellation()
        return try WorkTime.measured { try run(sample) }.time
    }

    /// Passes from the smallest to the largest in equal steps of rank, no more than a round has time for, but three; of
    /// those that have to be cut only one.
    private func samples(of sorted: [[Int]], secondsPerToken: Double) -> [Rows] {
        let limit = max(2 * Self.firstTokens, Int(Self.longestPass / secondsPerToken))
        let mean = sorted.reduce(0) { $0 + min(limit, tokens($1)) } / sorted.count
        let affordable = Int(Self.longestRound / (secondsPerToken * Double(max(1, mean))))
        let (least, most) = (Self.sampleCounts.lowerBound, Self.sampleCounts.upperBound)
        let count = min(max(least, min(affordable, most)), sorted.count)
        let last = sorted.count - 1
        let ranks = count == 1 ? [last] : (0..<count).map { $0 * last / (count - 1) }
        return ranks.filter { $0 == last || tokens(sorted[$0]) <= limit }.map { cut(sorted[$0], to: limit) }
    }

    /// As many rows of a pass as have no more than `limit` tokens, but one.
    private func cut(_ pass: [Int], to limit: Int) -> Rows {
        var left = limit
        let kept = pass.prefix { row in
            left -= rows.tokenCount(of: row)
            return left >= 0
        }
        return rows.subset(kept.isEmpty ? pass.prefix(1) : kept)
    }

    private func tokens(_ pass: [Int]) -> Int { pass.reduce(0) { $0 + rows.tokenCount(of: $1) } }
}
