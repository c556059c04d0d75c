import SondeSDK

/// Labelled examples from JSON Lines files, read once and held as columns.
///
/// The fields are the scalars of the first line of the first split but the label, nested ones as `outer.inner`; every
/// line of every split must have them. A label that is an integer, a boolean or a word becomes an index through
/// ``LabelMap``; a split may have no labels at all, such as a published test split.
final class JSONLinesDataset: Dataset {
    private let splits: [Split]
    private let known: DatasetDescription

    /// Reads all files.
    /// - Throws: ``SondeError`` with file and line for the first thing that is wrong.
    init(_ options: DatasetOptions, host: any PluginHost) throws {
        var fields: [String]?
        var splits: [Split] = []
        for file in options.files {
            var reader = SplitReader(file, options: options, fields: fields)
            splits.append(try reader.split(host: host))
            fields = reader.fields
        }
        guard splits.contains(where: { $0.labels.first != -1 }) else {
            throw SondeError.invalidData(
                "\(splits[0].path): no line of any split has the label '\(options.labelField)'; there are the fields "
                    + (fields ?? []).joined(separator: ", ") + ".")
        }
        var digest = ContentDigest()
        for split in splits { digest.add("\(split.name)\n\(split.digest)\n".utf8) }
        self.splits = splits
        known = DatasetDescription(
            fields: fields ?? [], labels: options.labels.names,
            splits: splits.map { .init(name: $0.name, count: $0.labels.count, file: $0.path) },
            digest: digest.text)
    }

    func description() -> DatasetDescription { known }

    func examples(of split: String, _ range: Range<Int>) throws -> Examples {
        guard let found = splits.first(where: { $0.name == split }) else {
            throw SondeError.notFound(
                "There is no split '\(split)', only \(splits.map(\.name).joined(separator: ", ")).")
        }
        guard range.upperBound <= found.labels.count else {
            throw SondeError.invalidArgument(
                "The examples \(range) of the split '\(split)' do not exist; it has \(found.labels.count).")
        }
        return Examples(
            columns: found.columns.map { column in TextColumn(range.lazy.map { column[$0] }) },
            labels: Array(found.labels[range]), lines: range.map { UInt64($0 + Split.firstLine) })
    }
}
