import Foundation
import SondeJSON

/// Files of Tests/Fixtures.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    /// The JSON value in a file.
    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: Data(contentsOf: folder.appending(path: path)))
    }
}

extension JSONValue {
    /// The numbers of an array.
    var doubles: [Double] { arrayValue?.compactMap(\.doubleValue) ?? [] }
    /// The numbers of an array.
    var floats: [Float] { doubles.map { Float($0) } }
    /// The whole numbers of an array.
    var integers: [Int] { arrayValue?.compactMap(\.intValue) ?? [] }
}
