/// What a cell does.
public enum CellKind: String, Codable, Sendable, CaseIterable {
    /// A probe names its units.
    case plan
    /// The label that is most frequent in the training split answers the test split.
    case majority
    /// A model answers the test split, without a prompt or with a tuned one.
    case evaluate
    /// A prompt is tuned.
    case tune
    /// A metric judges the answers of one evaluation.
    case metric
    /// A metric compares the answers of two sides, such as those with tuned prompts and those without.
    case compare
    /// A probe measures one of its units.
    case measure
    /// A probe concludes from its measurements.
    case conclude
}
