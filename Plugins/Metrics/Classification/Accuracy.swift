import SondeSDK

/// The share of predicted labels that are right.
final class Accuracy: Metric {
    func value(of predictions: Predictions) throws -> Double {
        let matrix = try ConfusionMatrix(predictions)
        return Double(matrix.right) / Double(matrix.total)
    }
}
