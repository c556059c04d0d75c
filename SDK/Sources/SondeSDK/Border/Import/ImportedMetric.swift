import CSonde

/// A metric behind C functions.
final class ImportedMetric: Metric {
    private let instance: OpaquePointer
    private let functions: sonde_metric_table
    private let errors: ErrorSource

    init(functions: sonde_metric_table, instance: OpaquePointer, errors: ErrorSource) {
        self.functions = functions
        self.instance = instance
        self.errors = errors
    }

    deinit { functions.destroy?(instance) }

    func value(of predictions: Predictions) throws -> Double {
        let scratch = Scratch()
        func texts(_ texts: [String]?) -> UnsafePointer<sonde_text>? {
            texts.map { texts in
                UnsafePointer(
                    scratch.copy(
                        texts.map { text in
                            sonde_text(
                                bytes: UnsafePointer(scratch.copy(text.utf8.map(CChar.init(bitPattern:)))),
                                length: UInt64(text.utf8.count))
                        }))
            }
        }
        var lent = sonde_predictions(
            struct_size: size(of: sonde_predictions.self), count: UInt64(predictions.count),
            predicted: scratch.copy(predictions.predicted.map { Int32($0) }),
            expected: scratch.copy(predictions.expected.map { Int32($0) }),
            label_count: UInt64(predictions.labelCount), predicted_texts: texts(predictions.predictedTexts),
            expected_texts: texts(predictions.expectedTexts))
        var value = Double.nan
        try withExtendedLifetime(scratch) {
            try errors.call(functions.evaluate) { $0(instance, &lent, &value) }
        }
        guard value.isFinite else { throw SondeError(.numeric, "The metric returned \(value).") }
        return value
    }
}
