/// How fast steps are made in this process.
struct TuningSpeed {
    private var tokens = 0
    private var steps = 0
    private var seconds = 0.0

    /// Takes note of one step.
    mutating func add(tokens: Int, seconds duration: Duration) {
        self.tokens += tokens
        steps += 1
        seconds += Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    var tokensPerSecond: Double { seconds > 0 ? Double(tokens) / seconds : 0 }
    var secondsPerStep: Double { steps > 0 ? seconds / Double(steps) : 0 }
}
