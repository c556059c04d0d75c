import SondeJSON
import SondeSDK

/// F1 of the positive label.
final class F1: Metric {
    static let positiveOption = OptionDeclaration.optional(
        "positive", .integer(0...Int(Int32.max)),
        "Index of the positive label among the dataset's, from 0; of two labels otherwise the second, as in GLUE"
    )

    private let positive: Int?

    init(_ options: Options) {
        positive = options["positive"]?.intValue
    }

    func value(of predictions: Predictions) throws -> Double {
        let matrix = try ConfusionMatrix(predictions)
        guard positive != nil || matrix.labelCount == 2 else {
            throw SondeError.invalidArgument(
                "With \(matrix.labelCount) labels F1 needs the option 'positive', the index of one; 'macro-f1' is the "
                    + "mean over all.")
        }
        let label = positive ?? 1
        guard label < matrix.labelCount else {
            throw SondeError.invalidArgument(
                "The option 'positive' is \(label), but the labels are 0 to \(matrix.labelCount - 1).")
        }
        return matrix.f1(of: label)
    }
}

/// The mean of F1 over all labels that are right or predicted somewhere.
///
/// Labels without either are left out, as in scikit-learn, which does not know of them.
final class MacroF1: Metric {
    func value(of predictions: Predictions) throws -> Double {
        let matrix = try ConfusionMatrix(predictions)
        let present = (0..<matrix.labelCount).filter { matrix.expected($0) + matrix.predicted($0) > 0 }
        return present.reduce(0) { $0 + matrix.f1(of: $1) } / Double(present.count)
    }
}
