public import SondeSDK

/// A dataset that was read once and is held as columns.
public final class ColumnDataset: Dataset {
    private let splits: [ColumnSplit]
    private let known: DatasetDescription

    /// A dataset of these splits.
    /// - Parameter layout: the layout by which they were read, its fields known.
    /// - Throws: ``SondeError`` if no split has labels.
    public init(
        _ splits: [ColumnSplit], layout: ExampleLayout, templates: [NamedTemplate] = []
    ) throws {
        let fields = layout.fields?.map(\.name) ?? []
        guard splits.contains(where: \.isLabelled) else {
            throw SondeError.invalidData(
                "\(splits.first?.file ?? ""): no line of any split has the label '\(layout.labelSources[0])'; "
                    + "there are the fields \(fields.joined(separator: ", ")).")
        }
        var digest = ContentDigest()
        for split in splits { digest.add("\(split.name)\n\(split.digest)\n".utf8) }
        self.splits = splits
        known = DatasetDescription(
            fields: fields, labels: layout.labels.names,
            splits: splits.map {
                .init(name: $0.name, count: $0.labels.count, file: $0.file, isLabelled: $0.isLabelled)
            },
            digest: digest.text, templates: templates, notes: splits.flatMap(\.notes))
    }

    /// Reads all splits of a folder.
    /// - Throws: ``SondeError`` for what is wrong with a file.
    public convenience init(
        _ files: [SplitFile], layout: ExampleLayout, templates: [NamedTemplate] = [], host: any PluginHost
    ) throws {
        var layout = layout
        let splits = try files.map { try ColumnSplit($0, layout: &layout, host: host) }
        try self.init(splits, layout: layout, templates: templates)
    }

    /// What is known of it.
    public func description() -> DatasetDescription { known }

    /// Some examples of a split.
    public func examples(of split: String, _ range: Range<Int>) throws -> Examples {
        guard let found = splits.first(where: { $0.name == split }) else {
            throw SondeError.notFound(
                "There is no split '\(split)', only \(splits.map(\.name).joined(separator: ", ")).")
        }
        guard range.upperBound <= found.labels.count else {
            throw SondeError.invalidArgument(
                "The examples \(range) of the split '\(split)' do not exist; it has \(found.labels.count).")
        }
        return Examples(
            columns: found.columns.map { $0[range] }, labels: Array(found.labels[range]),
            lines: Array(found.lines[range]))
    }
}
