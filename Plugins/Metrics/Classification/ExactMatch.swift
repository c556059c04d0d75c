import SondeSDK

/// The share of generated texts that are the right ones.
///
/// White space at the ends is cut, runs of it count as one space, and upper case as lower case.
final class ExactMatch: Metric {
    func value(of predictions: Predictions) throws -> Double {
        guard let said = predictions.predictedTexts, let expected = predictions.expectedTexts, !said.isEmpty
        else { throw SondeError.invalidArgument("Without generated texts this metric is not defined.") }
        let right = zip(said, expected).count { Self.normalised($0) == Self.normalised($1) }
        return Double(right) / Double(said.count)
    }

    private static func normalised(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}
