/// What the kit asks of every architecture, whatever its family.
public protocol Architecture: AnyObject {
    /// The input embedding table, `[vocabulary × width]`.
    var embeddings: Parameter { get }
    /// The last layer.
    var head: ScoringHead { get }
    /// Whether training drops anything.
    var hasDropout: Bool { get }
    /// What the head reads of final hidden states, `[rows × width]`: only rows that are scored come here.
    func headInput(of states: Value, on tape: Tape) -> Value
}

extension Architecture {
    /// The states themselves.
    public func headInput(of states: Value, on tape: Tape) -> Value { states }
}
