public import SondeSDK

extension ColumnSplit {
    /// Reads a split record by record.
    /// - Parameters:
    ///   - layout: how records become examples; fields that it leaves open are filled in from the first record.
    ///   - isWanted: which records belong to the split.
    /// - Throws: ``SondeError`` with file and line for the first record that is wrong, and for an empty split.
    public init(
        _ name: String, from reader: some RecordReader, layout: inout ExampleLayout, host: any PluginHost,
        where isWanted: (Record) -> Bool = { _ in true }
    ) throws {
        var reader = reader
        var builder = SplitBuilder(name: name, file: reader.path, layout: layout)
        var count = 0
        while let record = try reader.next() {
            count += 1
            if count.isMultiple(of: 4096) { try host.checkCancellation() }
            if isWanted(record) { try builder.append(record) }
        }
        self = try builder.finish(digest: reader.digest, notes: reader.notes)
        layout = builder.layout
    }

    /// Reads a split from a file whose format its name tells: `.tsv` and `.txt` hold tables with tabs, `.csv` with
    /// commas, all others JSON lines.
    /// - Throws: as ``init(_:from:layout:host:where:)``.
    public init(_ file: SplitFile, layout: inout ExampleLayout, host: any PluginHost) throws {
        let ending = file.path.split(separator: ".").last
        switch ending {
        case "tsv", "txt":
            try self.init(
                file.name, from: TableReader(path: file.path, format: .tabs), layout: &layout, host: host)
        case "csv":
            try self.init(
                file.name, from: TableReader(path: file.path, format: .quoted(separator: UInt8(ascii: ","))),
                layout: &layout, host: host)
        default:
            try self.init(file.name, from: JSONLinesReader(path: file.path), layout: &layout, host: host)
        }
    }
}
