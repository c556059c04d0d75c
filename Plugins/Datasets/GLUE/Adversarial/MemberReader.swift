import DatasetKit
import SondeJSON
import SondeSDK

/// Reads the rows of one member of a JSON object: `{"sst2": [{...}, ...], ...}`.
struct MemberReader: RecordReader {
    let path: String
    let digest: ContentDigest
    let notes: [String] = []
    private var rows: ArraySlice<JSONValue>
    private var lines: ArraySlice<Int>

    /// Reads the whole file.
    /// - Throws: ``SondeError`` for a file that is no such object or has no such member.
    init(_ member: String, path: String) throws {
        let bytes = try SourceFile.bytes(of: path)
        var digest = ContentDigest()
        digest.add(bytes)
        self.digest = digest
        self.path = path
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SondeError.invalidData("\(path):\(error.line):\(error.column): \(error.reason).")
        }
        guard let rows = value[member]?.arrayValue else {
            let known = value.objectValue?.keys ?? []
            throw SondeError.invalidData(
                "\(path): there is no list '\(member)'"
                    + (known.isEmpty ? "; is this dev.json?" : ", only \(known.joined(separator: ", ")).")
            )
        }
        self.rows = rows[...]
        lines = Self.lines(ofRowsIn: member, bytes)[...]
    }

    mutating func next() throws -> Record? {
        guard let row = rows.popFirst(), let line = lines.popFirst() else { return nil }
        guard let object = row.objectValue else {
            throw SondeError.invalidData("\(path):\(line): the row must be a JSON object.")
        }
        return Record(object, line: line)
    }

    /// The lines in which the values of a list begin, in a text that is known to be JSON.
    private static func lines(ofRowsIn member: String, _ bytes: [UInt8]) -> [Int] {
        var lines: [Int] = []
        var (line, depth, key, position) = (1, 0, "", 0)
        var isAtValue = false
        while position < bytes.count {
            let byte = bytes[position]
            let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
            if isAtValue, depth == 2, key == member, !isSpace, byte != UInt8(ascii: "]") {
                lines.append(line)
            }
            if !isSpace { isAtValue = byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") }
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                let end = endOfString(at: position, bytes)
                if depth == 1 { key = String(decoding: bytes[(position + 1)..<end], as: UTF8.self) }
                position = end
            default: break
            }
            position += 1
        }
        return lines
    }

    /// The place of the quote that closes the string which begins at `start`.
    private static func endOfString(at start: Int, _ bytes: [UInt8]) -> Int {
        var position = start + 1
        while bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return position
    }
}
