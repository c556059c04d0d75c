public import SondeJSON
import SondeSDK

/// Reads JSON Lines: one object a line.
public struct JSONLinesReader: RecordReader {
    private var lines: LineReader

    /// Opens a file.
    /// - Throws: as ``LineReader/init(path:)``.
    public init(path: String) throws {
        lines = try LineReader(path: path)
    }

    /// The file's path.
    public var path: String { lines.path }
    /// The digest of what has been read.
    public var digest: ContentDigest { lines.digest }
    /// None.
    public var notes: [String] { [] }

    /// The object of the next line.
    /// - Throws: ``SondeError`` with file and line for a line that is no object.
    public mutating func next() throws -> Record? {
        try nextObject().map { Record($0.object, line: $0.line) }
    }

    /// The same for whoever changes objects before they become records.
    /// - Throws: as ``next()``.
    public mutating func nextObject() throws -> (object: JSONObject, line: Int)? {
        guard let line = try lines.next() else { return nil }
        guard line.contains(where: { !" \t\r".utf8.contains($0) }) else {
            throw problem("the line is empty; remove it")
        }
        do {
            guard let object = try JSONValue(parsing: line).objectValue else {
                throw problem("the line must be one JSON object")
            }
            return (object, lines.line)
        } catch let error as JSONError {
            throw SondeError.invalidData("\(path):\(lines.line):\(error.column): \(error.reason).")
        }
    }

    private func problem(_ reason: String) -> SondeError {
        .invalidData("\(path):\(lines.line): \(reason).")
    }
}
