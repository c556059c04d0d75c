import SondeJSON
import SondeStatistics

/// What a metric cell makes: `metric.json`.
struct MetricResult: Codable, Sendable, Hashable {
    private static let file = "metric.json"

    /// The metric's id.
    let metric: String
    let value: Double
    /// How many items were judged.
    let items: Int
    /// The interval over items: Wilson's of a proportion, else the percentile bootstrap.
    ///
    /// `nil` where the metric is not defined on every sample.
    let interval: Interval?

    init(metric: String, value: Double, items: Int, interval: Interval?) {
        self.metric = metric
        self.value = value
        self.items = items
        self.interval = interval
    }

    init(readFrom folder: String) throws {
        self = try JSONFile.read(Self.self, from: folder + "/" + Self.file)
    }

    func write(to folder: String) throws {
        try JSONFile.write(try JSONValue(encoding: self), to: folder + "/" + Self.file)
    }
}
