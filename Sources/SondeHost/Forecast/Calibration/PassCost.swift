/// What passes of one kind over some rows cost, measured on some of them.
public struct PassCost: Codable, Sendable, Hashable {
    /// The memory at its peak when the largest pass so far had so many tokens.
    public struct Peak: Codable, Sendable, Hashable {
        /// Tokens of the pass.
        public var tokens: Int
        /// Bytes.
        public var bytes: Int

        /// A peak.
        public init(tokens: Int, bytes: Int) {
            self.tokens = tokens
            self.bytes = bytes
        }
    }

    /// Tokens of all rows together.
    public var tokens: Int
    /// Tokens of the largest pass.
    public var largestPass: Int
    /// The time of a token.
    public var timePerToken: WorkTime
    /// The memory after a small pass.
    public var smallPeak: Peak
    /// The memory after the largest pass that was measured.
    public var largePeak: Peak

    /// A cost.
    public init(
        tokens: Int, largestPass: Int, timePerToken: WorkTime, smallPeak: Peak, largePeak: Peak
    ) {
        self.tokens = tokens
        self.largestPass = largestPass
        self.timePerToken = timePerToken
        self.smallPeak = smallPeak
        self.largePeak = largePeak
    }

    /// The time of going through all rows so many times.
    public func time(rounds: Int) -> WorkTime { timePerToken * Double(tokens * rounds) }

    /// The most memory in bytes: what was measured, and where the largest pass was too large to be tried, what is on the
    /// line through both peaks.
    public var peakMemory: Int {
        let beyond = largestPass - largePeak.tokens
        let run = largePeak.tokens - smallPeak.tokens
        guard beyond > 0, run > 0 else { return largePeak.bytes }
        let slope = Double(max(0, largePeak.bytes - smallPeak.bytes)) / Double(run)
        return largePeak.bytes + Int(slope * Double(beyond))
    }
}
