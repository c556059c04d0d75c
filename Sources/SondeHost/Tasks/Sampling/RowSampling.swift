/// Which of a dataset's examples a task uses, where it does not use all.
public struct RowSampling: Codable, Sendable, Hashable {
    /// Examples that are taken from a split to be one of their own.
    public struct HoldOut: Codable, Sendable, Hashable {
        /// The share that is taken, in 0...1.
        public var share: Double
        /// The split that they are taken from.
        public var source: String
        /// The split that they become.
        public var name: String

        /// A share of `source` that becomes `name`.
        public init(share: Double, source: String, name: String) {
            self.share = share
            self.source = source
            self.name = name
        }
    }

    /// How many examples of a split are used at most.
    public enum Limit: Codable, Sendable, Hashable {
        /// So many of every split.
        case all(Int)
        /// So many of these splits.
        case bySplit([String: Int])
    }

    /// What is held out; `nil` for nothing.
    public var holdOut: HoldOut?
    /// What is used of each split, after holding out; `nil` for all.
    public var limit: Limit?
    /// Whether the limit counts the examples of each label.
    public var isPerLabel: Bool
    /// The seed by which examples are drawn.
    public var seed: Int

    /// A sampling.
    public init(holdOut: HoldOut? = nil, limit: Limit? = nil, isPerLabel: Bool = false, seed: Int = 0) {
        self.holdOut = holdOut
        self.limit = limit
        self.isPerLabel = isPerLabel
        self.seed = seed
    }

    /// How many examples of a split are used at most; `nil` for all.
    func limit(of split: String) -> Int? {
        switch limit {
        case .all(let count): count
        case .bySplit(let counts): counts[split]
        case nil: nil
        }
    }
}
