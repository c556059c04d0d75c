import SondeSDK

/// Matthews's correlation of predicted and right labels, of two or more; 0 where one of them never varies.
///
/// Source: Gorodkin, 2004, doi:10.1016/j.compbiolchem.2004.09.006.
final class MatthewsCorrelation: Metric {
    func value(of predictions: Predictions) throws -> Double {
        let matrix = try ConfusionMatrix(predictions)
        let labels = 0..<matrix.labelCount
        let (expected, predicted) = (labels.map(matrix.expected), labels.map(matrix.predicted))
        func covariance(_ agreements: Int, _ first: [Int], _ second: [Int]) -> Double {
            let products = zip(first, second).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            return Double(agreements) * Double(matrix.total) - products
        }
        let variances =
            covariance(matrix.total, expected, expected) * covariance(matrix.total, predicted, predicted)
        return variances == 0 ? 0 : covariance(matrix.right, expected, predicted) / variances.squareRoot()
    }
}
