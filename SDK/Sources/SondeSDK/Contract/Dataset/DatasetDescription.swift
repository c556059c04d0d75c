/// Fields, labels and splits of a dataset.
public struct DatasetDescription: Sendable, Codable, Hashable {
    /// One split.
    public struct Split: Sendable, Codable, Hashable {
        /// Its name: `train`, `validation`, `test`.
        public var name: String
        /// How many examples it has.
        public var count: Int
        /// The file that it was read from, for messages.
        public var file: String
        /// Whether its examples have labels; published test splits often have none.
        public var isLabelled: Bool

        /// A split of `count` examples in `file`.
        public init(name: String, count: Int, file: String, isLabelled: Bool = true) {
            self.name = name
            self.count = count
            self.file = file
            self.isLabelled = isLabelled
        }

        private enum CodingKeys: String, CodingKey {
            case name, count, file
            case isLabelled = "labelled"
        }

        /// Reads what a dataset says; without a word on labels there are some.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            count = try container.decode(Int.self, forKey: .count)
            file = try container.decode(String.self, forKey: .file)
            isLabelled = try container.decodeIfPresent(Bool.self, forKey: .isLabelled) ?? true
        }
    }

    /// Names of the text fields, in the order of the columns.
    public var fields: [String]
    /// Names of the labels, in the order of their indices.
    public var labels: [String]
    /// The splits that there are.
    public var splits: [Split]
    /// Changes when a file does.
    public var digest: String
    /// Templates that a study can ask for by name.
    public var templates: [NamedTemplate]
    /// What the user should know of the files, one sentence each, such as rows that were left out.
    public var notes: [String]

    /// A description.
    public init(
        fields: [String], labels: [String], splits: [Split], digest: String,
        templates: [NamedTemplate] = [], notes: [String] = []
    ) {
        self.fields = fields
        self.labels = labels
        self.splits = splits
        self.digest = digest
        self.templates = templates
        self.notes = notes
    }

    /// Reads what a dataset says; templates and notes may be absent.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        fields = try container.decode([String].self, forKey: .fields)
        labels = try container.decode([String].self, forKey: .labels)
        splits = try container.decode([Split].self, forKey: .splits)
        digest = try container.decode(String.self, forKey: .digest)
        templates = try container.decodeIfPresent([NamedTemplate].self, forKey: .templates) ?? []
        notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
    }
}
