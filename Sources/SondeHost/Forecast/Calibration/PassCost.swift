/// What passes of one kind over some rows cost, measured on some of them.
public struct PassCost: Codable, Sendable, Hashable {
    /// Tokens of all rows together.
    public var tokens: Int
    /// Tokens of the largest pass.
    public var largestPass: Int
    /// Tokens of the largest pass that was measured; others were cut.
    public var largestMeasured: Int
    /// The time of a token.
    public var timePerToken: WorkTime
    /// The memory before the first pass, in bytes.
    public var memoryBefore: Int
    /// The most memory of the passes that were measured, in bytes.
    public var measuredMemory: Int

    /// A cost.
    public init(
        tokens: Int, largestPass: Int, largestMeasured: Int, timePerToken: WorkTime, memoryBefore: Int,
        measuredMemory: Int
    ) {
        self.tokens = tokens
        self.largestPass = largestPass
        self.largestMeasured = largestMeasured
        self.timePerToken = timePerToken
        self.memoryBefore = memoryBefore
        self.measuredMemory = measuredMemory
    }

    /// The time of going through all rows so many times.
    public func time(rounds: Int) -> WorkTime { timePerToken * Double(tokens * rounds) }

    /// The most memory in bytes: what was measured, and if the largest pass was cut, in proportion to its tokens what
    /// passes add to the memory before.
    public var peakMemory: Int {
        let factor = max(1, Double(largestPass) / Double(max(1, largestMeasured)))
        return memoryBefore + Int(Double(measuredMemory - memoryBefore) * factor)
    }
}
