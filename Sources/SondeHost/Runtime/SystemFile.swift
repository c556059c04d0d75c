import Foundation

/// A file by which the system tells something.
enum SystemFile {
    /// Its lines; none if it cannot be read.
    static func lines(_ path: String) -> [String] {
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }
}
