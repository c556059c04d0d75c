/// Turns predictions and references into one number.
///
/// Intervals and tests are the host's, once, for all metrics.
public protocol Metric: AnyObject {
    /// A number within the descriptor's range.
    /// - Throws: ``SondeError`` if there are no predictions or the metric is not defined for them.
    func value(of predictions: Predictions) throws -> Double
}

/// What is known of a metric before it is created.
public struct MetricDescriptor: Sendable {
    /// What a metric looks at.
    public enum Comparison: String, Sendable, Codable {
        /// Label indices.
        case labels
        /// Generated texts.
        case texts
    }

    /// Unique among metrics; never changes.
    public var id: String
    /// One line.
    public var summary: String
    /// The lowest and highest possible value; `nil` where there is no bound.
    public var range: (lower: Double?, upper: Double?)
    /// Whether more is better.
    public var higherIsBetter: Bool
    /// What it looks at.
    public var comparison: Comparison
    /// Its options.
    public var options: OptionSchema

    /// A metric's description; by default a share of right answers.
    public init(
        id: String, summary: String, range: (lower: Double?, upper: Double?) = (0, 1),
        higherIsBetter: Bool = true,
        comparison: Comparison = .labels, options: [OptionDeclaration] = []
    ) {
        self.id = id
        self.summary = summary
        self.range = range
        self.higherIsBetter = higherIsBetter
        self.comparison = comparison
        self.options = OptionSchema(options)
    }
}

/// What was predicted and what was right, item by item.
public struct Predictions: Sendable {
    /// Predicted label indices.
    public var predicted: [Int]
    /// Right label indices.
    public var expected: [Int]
    /// How many labels there are.
    public var labelCount: Int
    /// Generated texts, where something was generated.
    public var predictedTexts: [String]?
    /// Right texts.
    public var expectedTexts: [String]?

    /// Predictions of labels, and of texts where there are any.
    public init(
        predicted: [Int], expected: [Int], labelCount: Int, predictedTexts: [String]? = nil,
        expectedTexts: [String]? = nil
    ) {
        self.predicted = predicted
        self.expected = expected
        self.labelCount = labelCount
        self.predictedTexts = predictedTexts
        self.expectedTexts = expectedTexts
    }

    /// How many items there are.
    public var count: Int { predicted.count }
}
