import Foundation
import SondeJSON

/// Files that tests read: those recorded by Tests/References, and models that lie beside the repository.
enum FixtureFiles {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()

    /// A file or folder below Tests/Fixtures.
    static func path(_ name: String) -> String { root + "Tests/Fixtures/" + name }

    /// A file or folder of real models and data, which lie beside the repository and are no part of it.
    static func shared(_ name: String) -> String { root + "../shared/" + name }

    /// Whether such a file or folder is there.
    static func hasShared(_ name: String) -> Bool { FileManager.default.fileExists(atPath: shared(name)) }

    /// The objects of a file with one a line.
    static func lines(_ name: String) throws -> [JSONValue] {
        let text = try String(contentsOfFile: path(name), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }
}
