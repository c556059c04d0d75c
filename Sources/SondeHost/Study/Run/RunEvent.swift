/// What a run of a study tells while it goes on.
public enum RunEvent: Sendable {
    /// A cell has begun; `position` of `count` that are to be done, counted from 1.
    case began(Cell, position: Int, count: Int)
    /// Something is tried out to plan a run; `position` of `count`, counted from 1.
    case trying(String, position: Int, count: Int)
    /// How far a cell has come, in 0...1.
    case progress(Cell, fraction: Double, activity: String)
    /// How the tuning of a cell's prompt goes.
    case tuning(Cell, TuningEvent)
    /// Something that the user should know.
    case warning(String)
    /// A cell is finished.
    case finished(Cell, seconds: Double)
    /// A cell has failed.
    case failed(CellFailure)
}

/// A cell that was not finished.
public struct CellFailure: Sendable, Hashable {
    /// What it is: `tune tiny/cb/1`.
    public let title: String
    /// Its name.
    public let name: String
    /// Why, in a sentence.
    public let reason: String
    /// The code that belongs to the reason.
    public let kind: HostError.Kind
    /// Where its log is; `nil` for a cell that was skipped.
    public let log: String?
    /// The failed cell that it waits for; `nil` for a cell that has failed itself.
    public let blocker: String?
}
