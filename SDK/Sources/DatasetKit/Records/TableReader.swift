import SondeSDK

/// Reads a table with a header: cells between tabs, or comma-separated values with quoting (RFC 4180).
public struct TableReader: RecordReader {
    /// How cells are told apart.
    public enum Format: Sendable, Hashable {
        /// Tabs between cells; quotes are text. Rows with another number of cells are left out and counted.
        case tabs
        /// A separator between cells, which may be quoted and then hold separators, line feeds and doubled quotes.
        case quoted(separator: UInt8)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")

    private var lines: LineReader
    private let format: Format
    private var header = TableHeader([])
    private var surplusLines: [Int] = []
    private var shortLines: [Int] = []

    /// Opens a file and reads its header.
    /// - Throws: as ``LineReader/init(path:)``; ``SondeError`` for a file without a header.
    public init(path: String, format: Format) throws {
        lines = try LineReader(path: path)
        self.format = format
        guard let (cells, line) = try row() else {
            throw SondeError.invalidData("\(path) is empty; its first line must name the columns.")
        }
        header = TableHeader(
            try cells.map { cell in
                guard let name = String(validating: cell, as: UTF8.self) else {
                    throw SondeError.invalidData(
                        "\(path):\(line): the header is not encoded in UTF-8; convert the file.")
                }
                return name
            })
    }

    /// The file's path.
    public var path: String { lines.path }
    /// The digest of what has been read.
    public var digest: ContentDigest { lines.digest }
    /// The names of the columns.
    public var columns: [String] { header.names }

    /// The rows that were left out.
    public var notes: [String] {
        [("too few columns", shortLines), ("too many columns", surplusLines)].compactMap { what, lines in
            guard !lines.isEmpty else { return nil }
            let shown = lines.prefix(5).map(String.init).joined(separator: ", ")
            return "\(path): \(lines.count) \(lines.count == 1 ? "row has" : "rows have") \(what) and "
                + "\(lines.count == 1 ? "was" : "were") left out: \(lines.count == 1 ? "line" : "lines") \(shown)"
                + (lines.count > 5 ? " and others." : ".")
        }
    }

    /// The next row that has a cell for each column; empty lines are passed over.
    /// - Throws: ``SondeError`` with file and line for a row that is malformed; between tabs there is none.
    public mutating func next() throws -> Record? {
        while let (cells, line) = try row() {
            if cells.count == header.names.count { return Record(cells, header: header, line: line) }
            if cells.allSatisfy(\.isEmpty) { continue }
            guard format == .tabs else {
                throw SondeError.invalidData(
                    "\(path):\(line): the row has \(cells.count) cells for \(header.names.count) columns "
                        + "(\(header.names.joined(separator: ", "))); is a quote missing?")
            }
            if cells.count < header.names.count { shortLines.append(line) } else { surplusLines.append(line) }
        }
        return nil
    }

    private mutating func row() throws -> (cells: [ArraySlice<UInt8>], line: Int)? {
        guard var row = try lines.next() else { return nil }
        let line = lines.line
        guard case .quoted(let separator) = format else {
            return (Self.split(Self.withoutReturn(row), UInt8(ascii: "\t")), line)
        }
        if !row.contains(Self.quote) { return (Self.split(Self.withoutReturn(row), separator), line) }
        while row.count(where: { $0 == Self.quote }) % 2 == 1 {
            guard let more = try lines.next() else {
                throw SondeError.invalidData("\(path):\(line): the quoted cell is never closed.")
            }
            row = row + [Self.lineFeed] + more
        }
        do {
            return (try QuotedRow(Self.withoutReturn(row), separator: separator).cells(), line)
        } catch {
            throw SondeError.invalidData("\(path):\(line): \(error.reason).")
        }
    }

    private static func split(_ row: ArraySlice<UInt8>, _ separator: UInt8) -> [ArraySlice<UInt8>] {
        row.split(separator: separator, omittingEmptySubsequences: false)
    }

    private static func withoutReturn(_ row: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        row.last == UInt8(ascii: "\r") ? row.dropLast() : row
    }
}

/// A row of comma-separated values in which there are quotes.
private struct QuotedRow {
    private static let quote = UInt8(ascii: "\"")
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    /// The cells without their quotes.
    /// - Throws: ``RecordProblem`` for a quote where none may be.
    func cells() throws(RecordProblem) -> [ArraySlice<UInt8>] {
        var cells: [ArraySlice<UInt8>] = []
        var position = bytes.startIndex
        while true {
            let isQuoted = position < bytes.endIndex && bytes[position] == Self.quote
            let (cell, end) = try isQuoted ? quotedCell(at: position + 1) : plainCell(at: position)
            cells.append(cell)
            if end == bytes.endIndex { return cells }
            guard bytes[end] == separator else {
                throw RecordProblem(reason: "something follows the closing quote of cell \(cells.count)")
            }
            position = end + 1
        }
    }

    private func plainCell(at start: Int) throws(RecordProblem) -> (ArraySlice<UInt8>, end: Int) {
        let end = bytes[start...].firstIndex(of: separator) ?? bytes.endIndex
        guard !bytes[start..<end].contains(Self.quote) else {
            throw RecordProblem(
                reason: "a quote stands inside a cell that is not quoted; quote the cell and double the quote"
            )
        }
        return (bytes[start..<end], end)
    }

    private func quotedCell(at start: Int) throws(RecordProblem) -> (ArraySlice<UInt8>, end: Int) {
        var cell: [UInt8] = []
        var position = start
        while let quote = bytes[position...].firstIndex(of: Self.quote) {
            cell += bytes[position..<quote]
            let after = quote + 1
            guard after < bytes.endIndex, bytes[after] == Self.quote else { return (cell[...], after) }
            cell.append(Self.quote)
            position = after + 1
        }
        throw RecordProblem(reason: "a quoted cell is never closed")
    }
}
