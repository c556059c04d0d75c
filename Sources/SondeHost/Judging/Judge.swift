import SondeSDK
import SondeStatistics

/// A metric, and what it makes of answers.
struct Judge {
    /// The metric's id.
    let id: String
    let metric: any Metric
    /// Whether it compares texts rather than labels.
    let comparesTexts: Bool
    /// Whether it is the share of items that are right, each by itself.
    let isProportion: Bool
    let host: any PluginHost

    /// Resamplings of metrics that are no proportion; each asks the metric.
    static let replicates = 1000

    /// A metric's value with its interval over items: Wilson's of a proportion, else the percentile bootstrap.
    func judge(_ answers: AnswersResult) throws -> MetricResult {
        let predictions = predictions(in: answers)
        let value = try metric.value(of: predictions)
        let interval: Interval?
        if isProportion {
            let right = try itemScores(of: predictions).reduce(0, +)
            interval = .wilson(successes: Int(right), of: predictions.count)
        } else {
            var stream = RandomStream(seed: 0, name: "bootstrap/\(id)")
            interval = try whereDefined {
                try Interval.bootstrap(
                    of: Array(0..<predictions.count), replicates: Self.replicates, using: &stream
                ) { try self.value(of: predictions.subset($0)) }
            }
        }
        return MetricResult(metric: id, value: value, items: predictions.count, interval: interval)
    }

    /// The metric of some of many resamplings.
    func value(of predictions: Predictions) throws -> Double {
        try host.checkCancellation()
        return try metric.value(of: predictions)
    }

    /// Of a proportion: 1 for each item that is right, 0 for the others.
    /// - Throws: ``HostError`` if the metric is none.
    func itemScores(of predictions: Predictions) throws -> [Double] {
        let scores = try (0..<predictions.count).map { try metric.value(of: predictions.subset([$0])) }
        let whole = try metric.value(of: predictions)
        let mean = scores.reduce(0, +) / Double(scores.count)
        guard scores.allSatisfy({ $0 == 0 || $0 == 1 }), abs(mean - whole) < 1e-9 else {
            throw HostError.plugin(
                "The metric '\(id)' says that it is a proportion, but its value \(whole) is not the share of items of "
                    + "which it is 1.")
        }
        return scores
    }

    /// What the metric sees of answers.
    func predictions(in answers: AnswersResult) -> Predictions {
        let texts = comparesTexts ? answers.items.compactMap(\.texts) : []
        let hasTexts = !texts.isEmpty
        return Predictions(
            predicted: answers.items.map(\.prediction), expected: answers.items.map(\.label),
            labelCount: answers.labels.count, predictedTexts: hasTexts ? texts.map(\.said) : nil,
            expectedTexts: hasTexts ? texts.map(\.expected) : nil)
    }

    /// What `body` returns; `nil` if the metric is not defined for something that it was asked.
    func whereDefined<Value>(_ body: () throws -> Value?) throws -> Value? {
        do {
            return try body()
        } catch let error as SondeError where error.code != .cancelled {
            return nil
        }
    }
}

extension Predictions {
    /// Some items, each by its index.
    func subset(_ items: [Int]) -> Predictions {
        Predictions(
            predicted: items.map { predicted[$0] }, expected: items.map { expected[$0] },
            labelCount: labelCount, predictedTexts: predictedTexts.map { texts in items.map { texts[$0] } },
            expectedTexts: expectedTexts.map { texts in items.map { texts[$0] } })
    }

    /// The same with some answers of another.
    func swapping(_ isSwapped: [Bool], with other: Predictions) -> Predictions {
        var result = self
        for item in predicted.indices where isSwapped[item] {
            result.predicted[item] = other.predicted[item]
            if let text = other.predictedTexts?[item] { result.predictedTexts?[item] = text }
        }
        return result
    }
}
