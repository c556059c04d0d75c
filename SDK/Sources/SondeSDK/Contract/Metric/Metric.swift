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
    /// Whether the value is the share of items that are right, each by itself.
    ///
    /// Of such a metric, asked of one item at a time for 1 or 0, the host gives Wilson's interval and McNemar's test.
    public var isProportion: Bool
    /// Its options.
    public var options: OptionSchema

    /// A metric's description; by default of labels, from 0 to 1.
    public init(
        id: String, summary: String, range: (lower: Double?, upper: Double?) = (0, 1),
        higherIsBetter: Bool = true,
        comparison: Comparison = .labels, isProportion: Bool = false, options: [OptionDeclaration] = []
    ) {
        self.id = id
        self.summary = summary
        self.range = range
        self.higherIsBetter = higherIsBetter
        self.comparison = comparison
        self.isProportion = isProportion
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
    /// What was said, for a metric that compares texts.
    public var predictedTexts: [String]?
    /// What is right, likewise.
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
