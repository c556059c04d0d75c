import SondeSDK

/// How often each label was predicted for each right one.
struct ConfusionMatrix {
    let labelCount: Int
    /// `[right × predicted]`.
    private var counts: [Int]

    /// Counts predictions.
    /// - Throws: ``SondeError`` without any, and for a label that there is not.
    init(_ predictions: Predictions) throws {
        guard predictions.count > 0 else {
            throw SondeError.invalidArgument("Without predictions this metric is not defined.")
        }
        labelCount = predictions.labelCount
        let labels = 0..<labelCount
        counts = Array(repeating: 0, count: labelCount * labelCount)
        for (index, pair) in zip(predictions.expected, predictions.predicted).enumerated() {
            guard labels.contains(pair.0), labels.contains(pair.1) else {
                let (what, label) =
                    labels.contains(pair.0) ? ("is predicted as", pair.1) : ("has the right label", pair.0)
                throw SondeError.invalidArgument("Item \(index) \(what) \(label), outside \(labels).")
            }
            counts[pair.0 * labelCount + pair.1] += 1
        }
    }

    /// How many items there are.
    var total: Int { counts.reduce(0, +) }

    /// How many items have their right label.
    var right: Int { (0..<labelCount).reduce(0) { $0 + self[$1, $1] } }

    /// How many items of a label were predicted as another or the same.
    subscript(expected: Int, predicted: Int) -> Int { counts[expected * labelCount + predicted] }

    /// How many items have this right label.
    func expected(_ label: Int) -> Int { (0..<labelCount).reduce(0) { $0 + self[label, $1] } }

    /// How many items were given this label.
    func predicted(_ label: Int) -> Int { (0..<labelCount).reduce(0) { $0 + self[$1, label] } }

    /// F1 of one label against all others: the harmonic mean of precision and recall, 0 where a label is neither
    /// predicted nor right, as in scikit-learn.
    func f1(of label: Int) -> Double {
        let places = expected(label) + predicted(label)
        return places == 0 ? 0 : Double(2 * self[label, label]) / Double(places)
    }
}
