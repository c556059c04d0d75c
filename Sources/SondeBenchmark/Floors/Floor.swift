/// What an operation cannot be faster than, or should not be slower than.
protocol Floor {
    /// What it is.
    var name: String { get }
    /// How its parts are computed, one line each.
    var parts: [String] { get }
    /// How long it takes now.
    func elapsed() -> Elapsed
}

extension Floor {
    var parts: [String] { [] }
}

/// A time that was set as a goal, where no smaller work is known that the operation cannot do without.
struct Goal: Floor {
    let seconds: Double

    let name = "goal"
    func elapsed() -> Elapsed { Elapsed(wall: seconds, processor: seconds) }
}
