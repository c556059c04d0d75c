import Foundation
import SondeJSON

/// A text with the continuations that are to be scored.
public struct ScoreRow: Sendable, Hashable {
    /// Unique within its file.
    public let id: String
    /// What comes first.
    public let text: String
    /// Its continuations; two may be the same.
    public let candidates: [String]
    /// The index of the right one, where it is known.
    public let label: Int?
    /// Its line in the file, from 1.
    public let line: Int
}

extension ScoreRow {
    /// Reads a JSON Lines file of objects `{"id", "text", "candidates": [...], "label"}`; other fields are left alone.
    /// - Parameter needsLabels: whether every row must have a label.
    /// - Throws: ``HostError`` with file, line and field.
    public static func rows(ofFile path: String, needsLabels: Bool) throws -> [ScoreRow] {
        // A file handle reads pipes too.
        guard let content = try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd() ?? Data() else {
            throw HostError.data("\(path): the file cannot be read.")
        }
        var lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else { throw HostError.data("\(path): there are no rows.") }
        var lineOfID: [String: Int] = [:]
        return try lines.enumerated().map { index, bytes in
            let fields = try RowFields(Array(bytes), file: path, line: index + 1)
            let row = try fields.row(needsLabel: needsLabels)
            if let earlier = lineOfID.updateValue(row.line, forKey: row.id) {
                throw fields.failure("id", "is '\(row.id)' already in line \(earlier)")
            }
            return row
        }
    }
}

/// The fields of one line.
private struct RowFields {
    private let object: JSONObject
    private let file: String
    private let line: Int

    init(_ bytes: [UInt8], file: String, line: Int) throws(HostError) {
        self.file = file
        self.line = line
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw .data("\(file):\(line):\(error.column): \(error.reason).")
        }
        guard let object = value.objectValue else {
            throw .data("\(file):\(line): a row must be an object, not \(value.kindDescription).")
        }
        self.object = object
    }

    func failure(_ field: String, _ what: String) -> HostError {
        .data("\(file):\(line): field '\(field)' \(what).")
    }

    func row(needsLabel: Bool) throws(HostError) -> ScoreRow {
        let id = try text("id")
        guard !id.isEmpty else { throw failure("id", "is empty") }
        let candidates = try candidates()
        return ScoreRow(
            id: id, text: try text("text"), candidates: candidates,
            label: try label(below: candidates.count, isNeeded: needsLabel), line: line)
    }

    private func text(_ field: String) throws(HostError) -> String {
        guard let value = object[field] else { throw failure(field, "is missing") }
        guard let text = value.stringValue else {
            throw failure(field, "must be a string, not \(value.kindDescription)")
        }
        return text
    }

    private func candidates() throws(HostError) -> [String] {
        guard let value = object["candidates"] else { throw failure("candidates", "is missing") }
        guard let items = value.arrayValue, !items.isEmpty else {
            throw failure("candidates", "must be a list of one string or more")
        }
        var texts: [String] = []
        for (index, item) in items.enumerated() {
            guard let text = item.stringValue, !text.isEmpty else {
                throw failure("candidates[\(index)]", "must be a string that is not empty")
            }
            texts.append(text)
        }
        return texts
    }

    private func label(below count: Int, isNeeded: Bool) throws(HostError) -> Int? {
        guard let value = object["label"], !value.isNull else {
            if isNeeded { throw failure("label", "is missing, and a loss needs it") }
            return nil
        }
        guard let label = value.intValue, (0..<count).contains(label) else {
            throw failure("label", "must be the index of a candidate, 0 to \(count - 1), not \(value.text())")
        }
        return label
    }
}
