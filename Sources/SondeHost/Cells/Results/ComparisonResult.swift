import SondeJSON
import SondeStatistics

/// What a compare cell makes: `comparison.json`.
struct ComparisonResult: Codable, Sendable, Hashable {
    /// A test of no difference, paired by item.
    struct Test: Codable, Sendable, Hashable {
        enum Method: String, Codable, Sendable {
            /// McNemar's exact test of one run against one.
            case mcNemar = "McNemar"
            /// Answers change sides at random, those of all runs at once.
            case permutation
        }

        let method: Method
        let pValue: Double

        private enum CodingKeys: String, CodingKey {
            case method
            case pValue = "p"
        }
    }

    private static let file = "comparison.json"

    /// The metric's id.
    let metric: String
    /// How many items were judged.
    let items: Int
    /// How many runs the first side has.
    let runs: Int
    /// The first side less the second, each the mean over its runs.
    let difference: Double
    /// Its two-way bootstrap interval over runs and items; `nil` where the metric is not defined on every sample.
    let interval: Interval?
    /// That of the first side alone.
    let runsInterval: Interval?
    /// `nil` where the metric is not defined on every sample.
    let test: Test?

    private enum CodingKeys: String, CodingKey {
        case metric, items, runs, difference, interval, test
        case runsInterval = "runs_interval"
    }

    func write(to folder: String) throws {
        try JSONFile.write(try JSONValue(encoding: self), to: folder + "/" + Self.file)
    }
}

extension ComparisonResult {
    init(readFrom folder: String) throws {
        self = try JSONFile.read(Self.self, from: folder + "/" + Self.file)
    }
}
