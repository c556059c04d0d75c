import CSonde

/// The C functions of metrics.
enum MetricExport {
    typealias Box = Instance<any Metric>

    nonisolated(unsafe) static let table: UnsafePointer<sonde_metric_table> = {
        let memory = UnsafeMutablePointer<sonde_metric_table>.allocate(capacity: 1)
        memory.initialize(
            to: sonde_metric_table(
                struct_size: size(of: sonde_metric_table.self),
                create: { host, component, options, result in
                    Box.create(host, component, options, result) { component, options, host in
                        guard case .metric(_, let create) = component else { return nil }
                        return try create(options, host)
                    }
                },
                destroy: { Box.release($0) },
                evaluate: { metric, predictions, value in
                    Box.use(metric) { box in
                        guard let predictions, let value else {
                            throw SondeError.invalidArgument("evaluate was called without predictions.")
                        }
                        value.pointee = try box.value.value(of: Predictions(copying: predictions))
                    }
                }))
        return UnsafePointer(memory)
    }()
}

extension Predictions {
    fileprivate init(copying pointer: UnsafePointer<sonde_predictions>) {
        let predictions = covered(pointer)
        let count = Int(predictions.count)
        func labels(_ values: UnsafePointer<Int32>?) -> [Int] {
            UnsafeBufferPointer(start: values, count: values == nil ? 0 : count).map(Int.init)
        }
        func texts(_ values: UnsafePointer<sonde_text>?) -> [String]? {
            values.map { UnsafeBufferPointer(start: $0, count: count).map(text) }
        }
        self.init(
            predicted: labels(predictions.predicted), expected: labels(predictions.expected),
            labelCount: Int(predictions.label_count), predictedTexts: texts(predictions.predicted_texts),
            expectedTexts: texts(predictions.expected_texts))
    }
}
