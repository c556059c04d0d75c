import SondeSDK

/// The share of predicted labels that are right.
final class Accuracy: Metric {
    func value(of predictions: Predictions) throws -> Double {
        guard predictions.count > 0 else {
            throw SondeError.invalidArgument("The accuracy of no predictions is not defined.")
        }
        if let index = predictions.expected.firstIndex(where: { !(0..<predictions.labelCount).contains($0) })
        {
            throw SondeError.invalidArgument(
                "Item \(index) has the right label \(predictions.expected[index]), outside 0..<\(predictions.labelCount)."
            )
        }
        let right = zip(predictions.predicted, predictions.expected).count { $0 == $1 }
        return Double(right) / Double(predictions.count)
    }
}
