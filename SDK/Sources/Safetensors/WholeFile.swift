import Foundation

/// Writes files that are there whole or not at all: under a temporary name, synced, then renamed.
public enum WholeFile {
    /// The system's refusal.
    public struct Refusal: Error, Sendable, Hashable {
        /// The system's error number.
        public let code: Int32
        /// The system's words.
        public var words: String { String(cString: strerror(code)) }
    }

    /// Writes a file, replacing one that is there; a device or a pipe is written to as it stands.
    public static func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
        let stream = try WholeFileStream(path)
        try stream.append(bytes.span.bytes)
        try stream.finish()
    }
}
