import SondeSDK
import Testing

/// A dataset in memory: one split after another, each a list of examples.
final class TableDataset: Dataset {
    /// One example: its fields' values and its label.
    typealias Example = (values: [String], label: Int)

    private let fields: [String]
    private let labels: [String]
    private let splits: [(name: String, examples: [Example])]

    private let templates: [NamedTemplate]

    init(
        fields: [String], labels: [String], _ splits: (String, [Example])..., templates: [NamedTemplate] = []
    ) {
        self.templates = templates
        self.fields = fields
        self.labels = labels
        self.splits = splits.map { (name: $0.0, examples: $0.1) }
    }

    func description() -> DatasetDescription {
        DatasetDescription(
            fields: fields, labels: labels,
            splits: splits.map { .init(name: $0.name, count: $0.examples.count, file: "\($0.name).jsonl") },
            digest: "table", templates: templates)
    }

    func examples(of split: String, _ range: Range<Int>) throws -> Examples {
        let examples = try #require(splits.first { $0.name == split }).examples[range]
        return Examples(
            columns: fields.indices.map { field in TextColumn(examples.map { $0.values[field] }) },
            labels: examples.map { Int32($0.label) }, lines: range.map { UInt64($0 + 1) })
    }
}
