public import SondeJSON

/// One example as a file has it, before a layout says what is what.
public struct Record: Sendable {
    /// What a file may have.
    enum Content: Sendable {
        /// The members of a JSON object.
        case members(JSONObject)
        /// The cells of a row under the columns of a table.
        case cells([ArraySlice<UInt8>], TableHeader)
    }

    /// The line in which it begins, counted from 1.
    public let line: Int
    let content: Content

    /// A JSON object.
    public init(_ members: JSONObject, line: Int) {
        content = .members(members)
        self.line = line
    }

    init(_ cells: [ArraySlice<UInt8>], header: TableHeader, line: Int) {
        content = .cells(cells, header)
        self.line = line
    }

    /// The names under which there is something: columns, or paths of scalars such as `outer.inner`.
    var names: [String] {
        switch content {
        case .members(let object): object.scalarFields().map(\.name)
        case .cells(_, let header): header.names
        }
    }

    /// What stands under a name, or `nil` if nothing does.
    ///
    /// A cell is a whole number if it reads as one, otherwise a text.
    /// - Throws: ``RecordProblem`` for a cell that is no UTF-8.
    func value(_ name: String) throws(RecordProblem) -> JSONValue? {
        switch content {
        case .members(let object): return object.scalar(at: name[...])
        case .cells(let cells, let header):
            guard let text = try Self.text(cells, header, name) else { return nil }
            return Int64(text).map { .integer($0) } ?? .string(text)
        }
    }

    /// The text, number or boolean under a name as it is written.
    /// - Throws: as ``value(_:)``.
    func text(_ name: String) throws(RecordProblem) -> String? {
        switch content {
        case .members(let object): return object.scalar(at: name[...])?.scalarText
        case .cells(let cells, let header): return try Self.text(cells, header, name)
        }
    }

    /// The same for whoever selects records: `nil` also for a cell that is no UTF-8.
    public func text(under name: String) -> String? { try? text(name) }

    private static func text(
        _ cells: [ArraySlice<UInt8>], _ header: TableHeader, _ name: String
    ) throws(RecordProblem) -> String? {
        guard let column = header.column(name) else { return nil }
        guard let text = String(validating: cells[column], as: UTF8.self) else {
            throw RecordProblem(reason: "the column '\(name)' is not encoded in UTF-8; convert the file")
        }
        return text
    }
}

/// What is wrong with a record, as a clause.
struct RecordProblem: Error {
    let reason: String
}

/// The columns of a table.
struct TableHeader: Sendable {
    let names: [String]
    private let columns: [String: Int]

    /// The columns by their names; of two with the same name the first counts.
    init(_ names: [String]) {
        self.names = names
        columns = Dictionary(zip(names, 0...)) { first, _ in first }
    }

    func column(_ name: String) -> Int? { columns[name] }
}

/// Reads a file record by record.
public protocol RecordReader {
    /// The file's path.
    var path: String { get }
    /// The digest of what has been read.
    var digest: ContentDigest { get }
    /// What the user should know of what has been read, one sentence each.
    var notes: [String] { get }
    /// The next record, or `nil` at the end.
    /// - Throws: ``SondeError`` with file and line for one that cannot be read.
    mutating func next() throws -> Record?
}
