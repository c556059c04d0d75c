import CSonde

/// A dataset behind C functions.
final class ImportedDataset: Dataset {
    private let instance: OpaquePointer
    private let functions: sonde_dataset_table
    private let errors: ErrorSource
    private var known: DatasetDescription?

    init(functions: sonde_dataset_table, instance: OpaquePointer, errors: ErrorSource) {
        self.functions = functions
        self.instance = instance
        self.errors = errors
    }

    deinit { functions.destroy?(instance) }

    func description() throws -> DatasetDescription {
        if let known { return known }
        let json = try collecting { sink in try errors.call(functions.describe) { $0(instance, sink) } }
        let description = try decoded(DatasetDescription.self, from: json, what: "dataset's description")
        known = description
        return description
    }

    func examples(of split: String, _ range: Range<Int>) throws -> Examples {
        var examples = sonde_examples()
        examples.struct_size = size(of: sonde_examples.self)
        try errors.call(functions.read) {
            $0(instance, split, UInt64(range.lowerBound), UInt64(range.count), &examples)
        }
        return try Examples(copying: examples, fields: try description().fields.count)
    }
}

extension Examples {
    fileprivate init(copying examples: sonde_examples, fields: Int) throws {
        let count = Int(examples.count)
        guard examples.column_count == UInt64(fields), examples.labels != nil || count == 0 else {
            throw SondeError(
                .internal, "The dataset describes \(fields) fields and gave \(examples.column_count) columns."
            )
        }
        let columns = try UnsafeBufferPointer(start: examples.columns, count: fields).map { column in
            guard let offsets = column.offsets else { return TextColumn(repeatElement("", count: count)) }
            let ends = Array(UnsafeBufferPointer(start: offsets, count: count + 1))
            guard ends.first == 0, zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                throw SondeError(.internal, "The dataset gave a column whose offsets do not ascend from 0.")
            }
            let bytes = UnsafeRawBufferPointer(start: column.bytes, count: Int(ends[count]))
            return TextColumn(offsets: ends, bytes: Array(bytes))
        }
        let lines = examples.lines.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
        self.init(
            columns: columns, labels: Array(UnsafeBufferPointer(start: examples.labels, count: count)),
            lines: lines ?? Array(repeating: 0, count: count))
    }
}
