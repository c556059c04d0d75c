/// What a probe concludes: tables, figures and statements, each with n, baseline and uncertainty.
public struct Findings: Sendable, Codable, Hashable {
    /// The tables.
    public var tables: [Table]
    /// The figures; the host draws them.
    public var figures: [Figure]
    /// The sentences.
    public var statements: [Statement]

    /// Findings.
    public init(tables: [Table] = [], figures: [Figure] = [], statements: [Statement] = []) {
        self.tables = tables
        self.figures = figures
        self.statements = statements
    }
}

/// A sentence with what it rests on and what it does not show.
public struct Statement: Sendable, Codable, Hashable {
    /// The sentence.
    public var text: String
    /// What it rests on: how many, of what.
    public var sample: String
    /// What it is compared with.
    public var baseline: String
    /// How sure it is.
    public var uncertainty: String
    /// What it does not show.
    public var caveat: String

    /// A statement.
    public init(text: String, sample: String, baseline: String, uncertainty: String, caveat: String) {
        self.text = text
        self.sample = sample
        self.baseline = baseline
        self.uncertainty = uncertainty
        self.caveat = caveat
    }
}
