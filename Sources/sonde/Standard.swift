import Foundation

/// The standard streams.
enum Standard {
    /// Writes a line to standard output.
    static func output(_ line: String) {
        write(line, to: .standardOutput)
    }

    /// Writes a line to standard error.
    static func error(_ line: String) {
        write(line, to: .standardError)
    }

    /// A reader that has gone away is no reason to fail.
    private static func write(_ line: String, to stream: FileHandle) {
        try? stream.write(contentsOf: Data((line + "\n").utf8))
    }
}
