/// Labelled examples in splits.
public protocol Dataset: AnyObject {
    /// Fields, labels, splits and the digest of the files.
    func description() throws -> DatasetDescription
    /// Some examples of a split, as columns.
    /// - Throws: ``SondeError`` for an unknown split or a range outside it.
    func examples(of split: String, _ range: Range<Int>) throws -> Examples
}

/// What is known of a dataset before it is created.
public struct DatasetDescriptor: Sendable {
    /// Unique among datasets; never changes.
    public var id: String
    /// One line.
    public var summary: String
    /// Its options.
    public var options: OptionSchema

    /// A dataset's description.
    public init(id: String, summary: String, options: [OptionDeclaration] = []) {
        self.id = id
        self.summary = summary
        self.options = OptionSchema(options)
    }
}

/// A range of examples as columns.
public struct Examples: Sendable {
    /// One column a field, in the order of the description.
    public var columns: [TextColumn]
    /// Label indices; -1 where there is none.
    public var labels: [Int32]
    /// Source lines, counted from 1.
    public var lines: [UInt64]

    /// Examples; all columns have as many items as there are labels.
    public init(columns: [TextColumn], labels: [Int32], lines: [UInt64]) {
        precondition(columns.allSatisfy { $0.count == labels.count } && lines.count == labels.count)
        self.columns = columns
        self.labels = labels
        self.lines = lines
    }

    /// How many examples there are.
    public var count: Int { labels.count }
}

/// The texts of one field, one after another in UTF-8.
public struct TextColumn: Sendable, Hashable {
    /// Item i is `bytes[offsets[i] ..< offsets[i + 1]]`.
    public private(set) var offsets: [UInt64]
    /// All texts, without separators.
    public private(set) var bytes: [UInt8]

    /// A column that holds nothing yet.
    public init() {
        offsets = [0]
        bytes = []
    }

    /// A column of these texts.
    public init(_ texts: some Sequence<String>) {
        self.init()
        for text in texts { append(text) }
    }

    /// A column over offsets (one more than items, ascending from 0) and bytes.
    public init(offsets: [UInt64], bytes: [UInt8]) {
        precondition(offsets.first == 0 && offsets.last == UInt64(bytes.count))
        self.offsets = offsets
        self.bytes = bytes
    }

    /// How many texts there are.
    public var count: Int { offsets.count - 1 }

    /// One text.
    public subscript(index: Int) -> String {
        String(decoding: bytes[Int(offsets[index])..<Int(offsets[index + 1])], as: UTF8.self)
    }

    /// Some texts, one after another.
    public subscript(range: Range<Int>) -> TextColumn {
        let first = offsets[range.lowerBound]
        return TextColumn(
            offsets: offsets[range.lowerBound...range.upperBound].map { $0 - first },
            bytes: Array(bytes[Int(first)..<Int(offsets[range.upperBound])]))
    }

    /// Adds a text at the end.
    public mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        offsets.append(UInt64(bytes.count))
    }
}
