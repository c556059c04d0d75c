import SondeJSON
import SondeSDK

/// One split in memory, as columns.
public struct ColumnSplit: Sendable {
    /// Its name.
    public let name: String
    /// The file or folder that it was read from.
    public let file: String
    /// One column a field.
    let columns: [TextColumn]
    /// Label indices; -1 in a split without labels.
    let labels: [Int32]
    /// Source lines.
    let lines: [UInt64]
    /// The digest of what was read.
    let digest: String
    /// What the user should know of the split.
    let notes: [String]

    /// Whether its examples have labels.
    var isLabelled: Bool { labels.first ?? -1 >= 0 }
}

/// Gathers the examples of a split, one by one.
public struct SplitBuilder {
    private let name: String
    private let file: String
    /// How records become examples; its fields are known once a record has been read.
    public private(set) var layout: ExampleLayout
    private var columns: [TextColumn]
    private var labels: [Int32] = []
    private var lines: [UInt64] = []

    /// A split that holds nothing yet.
    public init(name: String, file: String, layout: ExampleLayout) {
        self.name = name
        self.file = file
        self.layout = layout
        columns = (layout.fields ?? []).map { _ in TextColumn() }
    }

    /// Adds an example that has been taken apart already.
    /// - Parameters:
    ///   - values: one for each field of the layout.
    ///   - label: the label's index, or `nil` in a split without labels.
    ///   - line: where it begins, counted from 1.
    public mutating func append(_ values: [String], label: Int?, line: Int) {
        precondition(values.count == columns.count)
        for (index, value) in values.enumerated() { columns[index].append(value) }
        labels.append(Int32(label ?? -1))
        lines.append(UInt64(line))
    }

    /// Adds a record.
    /// - Throws: ``SondeError`` with file and line for a record that does not fit the layout.
    public mutating func append(_ record: Record) throws {
        do throws(RecordProblem) {
            let fields = try fields(record)
            var values: [String] = []
            values.reserveCapacity(fields.count)
            for field in fields { values.append(try field.text(in: record, edit: layout.edit)) }
            append(values, label: try label(of: record), line: record.line)
        } catch {
            throw SondeError.invalidData("\(file):\(record.line): \(error.reason).")
        }
    }

    /// The split, once all its examples have been added.
    /// - Throws: ``SondeError`` for a split without examples.
    public func finish(digest: ContentDigest, notes: [String] = []) throws -> ColumnSplit {
        guard !labels.isEmpty else {
            throw SondeError.invalidData("\(file): the split '\(name)' is empty; leave it out or fill it.")
        }
        return ColumnSplit(
            name: name, file: file, columns: columns, labels: labels, lines: lines, digest: digest.text,
            notes: notes)
    }

    /// The fields of the layout, which the first record may have to tell.
    private mutating func fields(_ record: Record) throws(RecordProblem) -> [ExampleLayout.Field] {
        if let fields = layout.fields { return fields }
        let names = record.names.filter { !layout.labelSources.contains($0) }
        guard !names.isEmpty else {
            throw RecordProblem(
                reason: "there is no field with a text or number besides '\(layout.labelSources[0])'")
        }
        var fields: [ExampleLayout.Field] = []
        for name in names {
            fields.append(ExampleLayout.Field(name, isText: try record.value(name)?.stringValue != nil))
        }
        layout.fields = fields
        columns = names.map { _ in TextColumn() }
        return fields
    }

    /// The label's index; `nil` if this and all records before have no label.
    private func label(of record: Record) throws(RecordProblem) -> Int? {
        for source in layout.labelSources {
            guard let value = try record.value(source) else { continue }
            if labels.last == -1 {
                throw RecordProblem(
                    reason: "the line has the label '\(source)', but earlier lines have none")
            }
            guard let index = layout.labels.index(of: value) else {
                throw RecordProblem(
                    reason: "the label '\(source)' is \(value.text()), which is not "
                        + layout.labels.expectation)
            }
            return index
        }
        if labels.last ?? -1 < 0 { return nil }
        throw RecordProblem(
            reason: "the label '\(layout.labelSources[0])' is missing, but earlier lines have one")
    }
}
