import SondeJSON
import SondeSDK

/// One split in memory, as columns.
struct Split {
    let name: String
    let path: String
    let columns: [TextColumn]
    /// Label indices; -1 in a split without labels.
    let labels: [Int32]
    let digest: String
    /// The number of an example's line is its index and this.
    static let firstLine = 1
}

/// Reads one file into a split.
struct SplitReader {
    let file: DatasetOptions.SplitFile
    let labelField: String
    let labels: LabelMap
    /// The fields, or `nil` to take those of the first line.
    private(set) var fields: [String]?
    private var columns: [TextColumn] = []
    private var indices: [Int32] = []

    init(_ file: DatasetOptions.SplitFile, options: DatasetOptions, fields: [String]?) {
        self.file = file
        labelField = options.labelField
        labels = options.labels
        self.fields = fields
    }

    /// Reads the whole file.
    /// - Throws: ``SondeError`` with file and line for the first line that is wrong, and for a file without lines.
    mutating func split(host: any PluginHost) throws -> Split {
        var reader = try LineReader(path: file.path)
        while let line = try reader.next() {
            if reader.line % 4096 == 0 { try host.checkCancellation() }
            try add(try object(line, at: reader.line), at: reader.line)
        }
        guard !indices.isEmpty else {
            throw SondeError.invalidData(
                "\(file.path): the split '\(file.name)' is empty; leave it out or fill it.")
        }
        return Split(
            name: file.name, path: file.path, columns: columns, labels: indices, digest: reader.digest.text)
    }

    private func object(_ line: [UInt8], at number: Int) throws -> JSONObject {
        guard line.contains(where: { !" \t\r".utf8.contains($0) }) else {
            throw problem(number, "the line is empty; remove it")
        }
        do {
            guard let object = try JSONValue(parsing: line).objectValue else {
                throw problem(number, "the line must be one JSON object")
            }
            return object
        } catch let error as JSONError {
            throw SondeError.invalidData("\(file.path):\(number):\(error.column): \(error.reason).")
        }
    }

    private mutating func add(_ object: JSONObject, at number: Int) throws {
        let names = fields ?? object.scalarFields().map(\.name).filter { $0 != labelField }
        if columns.isEmpty {
            guard !names.isEmpty else {
                throw problem(number, "the object has no field with a text or number besides '\(labelField)'")
            }
            fields = names
            columns = names.map { _ in TextColumn() }
        }
        for (index, name) in names.enumerated() {
            guard let text = object.scalar(at: name[...])?.scalarText else {
                throw problem(number, "the field '\(name)' is missing or holds no text or number")
            }
            columns[index].append(text)
        }
        indices.append(try labelIndex(of: object, at: number))
    }

    /// The label's index; -1 if this and all lines before have no label.
    private func labelIndex(of object: JSONObject, at number: Int) throws -> Int32 {
        guard let value = object.scalar(at: labelField[...]) else {
            if indices.last ?? -1 < 0 { return -1 }
            throw problem(number, "the label '\(labelField)' is missing, but earlier lines have one")
        }
        if indices.last == -1 {
            throw problem(number, "the line has the label '\(labelField)', but earlier lines have none")
        }
        guard let index = labels.index(of: value) else {
            throw problem(
                number, "the label '\(labelField)' is \(value.text()), which is not \(labels.expectation)")
        }
        return Int32(index)
    }

    private func problem(_ line: Int, _ reason: String) -> SondeError {
        .invalidData("\(file.path):\(line): \(reason).")
    }
}
