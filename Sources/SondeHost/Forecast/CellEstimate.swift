/// What a cell is expected to take.
struct CellEstimate: Sendable {
    /// Where the numbers come from.
    enum Basis: String, Codable, Sendable {
        /// Passes were measured and their time multiplied.
        case passes
        /// The cell, or one like it, was done with stand-ins for what it reads.
        case trial
        /// Cells like it are in the store.
        case earlier
    }

    /// Without reading models and rows.
    var time: WorkTime
    /// What it reads unless its worker has it from an earlier cell.
    var readings: [Schedule.Reading]
    /// The most memory of its worker in bytes, where that is known.
    var peakMemory: Int?
    /// Size of its results.
    var bytes: Int
    let basis: Basis
}

/// Why nothing can be said of a cell.
struct UnknownEstimate: Error, Sendable, Hashable {
    /// A clause with its full stop.
    let reason: String
}
