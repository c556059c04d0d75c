import Foundation
import SondeJSON

/// Files that tests read: those recorded by Tests/References, and models that lie beside the repository.
enum FixtureFiles {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()

    /// A file or folder below Tests/Fixtures.
    static func path(_ name: String) -> String { root + "Tests/Fixtures/" + name }

    /// A small checkpoint trained on real text, which is not part of the repository.
    static let bloomMini = root + "../shared/models/bloom-mini"

    /// Whether that checkpoint is there.
    static var hasBloomMini: Bool { FileManager.default.fileExists(atPath: bloomMini + "/tokenizer.json") }

    /// The objects of a file with one a line.
    static func lines(_ name: String) throws -> [JSONValue] {
        let text = try String(contentsOfFile: path(name), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }
}
