/// A JSON text in its plainest form: no space between values, and no escape but of quotes, backslashes and control
/// characters, so that equal strings have equal bytes.
///
/// json-c 0.16 reads this form rightly. It takes some escaped surrogate pairs for half of one: where the lower 16 bits of
/// the character look like a half (U+2D800 to U+2DFFF, among them ideographs, and the same in other planes).
final class JSONPlainText: Sendable {
    /// An array or object.
    struct Container {
        /// The length that json-c reads while its tree stays in the cache, in bytes.
        private static let usualStretchLength = 1 << 13

        let start: Int
        /// Where neighbouring elements or members stand that are read at once; all of them together are everything in it.
        private(set) var stretches: [Range<Int>] = []
        private var stretchStart: Int

        init(start: Int) {
            self.start = start
            stretchStart = start + 1
        }

        /// The place after the closing bracket.
        var end: Int { (stretches.last?.upperBound ?? start + 1) + 1 }

        /// Whether it is more than one stretch, so that it is worth the memory to know where they are.
        var isLarge: Bool { stretches.count > 1 }

        /// Notes a comma, which may end a stretch.
        mutating func continueStretch(at comma: Int) {
            if comma - stretchStart >= Self.usualStretchLength { endStretch(at: comma) }
        }

        /// Ends a stretch at a comma or at the closing bracket.
        mutating func endStretch(at place: Int) {
            if place > stretchStart { stretches.append(stretchStart..<place) }
            stretchStart = place + 1
        }
    }

    let bytes: [UInt8]
    /// The large arrays and objects, by where they begin.
    let large: [Int: Container]
    /// The levels of arrays and objects that the text has at most.
    let depthLimit: Int

    init(bytes: [UInt8], large: [Int: Container] = [:], depthLimit: Int) {
        self.bytes = bytes
        self.large = large
        self.depthLimit = depthLimit
    }

    /// The end of the value that begins at a place.
    func endOfValue(at start: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            switch bytes[start] {
            case UInt8(ascii: "\""): Self.endOfString(at: start, in: bytes)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                large[start]?.end ?? Self.endOfContainer(at: start, in: bytes)
            default: Self.endOfWord(at: start, in: bytes)
            }
        }
    }

    private static func endOfString(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = start + 1
        while bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        return end + 1
    }

    private static func endOfContainer(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = start
        var depth = 0
        repeat {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                end = endOfString(at: end, in: bytes)
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            end += 1
        } while depth > 0
        return end
    }

    private static func endOfWord(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = start
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return end
            default: end += 1
            }
        }
        return end
    }
}

/// Writes the bytes of a plain text, which is never longer than the text that it comes from.
struct JSONPlainWriter {
    private let memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

    /// What was written.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    /// A plain text of what was written in a range, which has to be a string.
    func text(of range: Range<Int>) -> JSONPlainText {
        JSONPlainText(bytes: Array(bytes[range]), depthLimit: 1)
    }

    mutating func append(_ byte: UInt8) {
        memory[count] = byte
        count += 1
    }

    mutating func append(_ run: Slice<UnsafeBufferPointer<UInt8>>) {
        _ = UnsafeMutableBufferPointer(rebasing: memory[count...]).update(fromContentsOf: run)
        count += run.count
    }

    /// Writes a character of a string, which was an escape.
    mutating func append(scalar: Unicode.Scalar) {
        for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() {
            guard let escape = JSONEscape.text(of: byte) else {
                append(byte)
                continue
            }
            for part in escape.utf8 { append(part) }
        }
    }
}
