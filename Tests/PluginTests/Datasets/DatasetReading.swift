import Foundation
import SondeSDK
import TestSupport
import Testing

/// One example as tests compare it.
struct ReadExample: Equatable, CustomStringConvertible {
    let values: [String]
    let label: Int32
    let line: UInt64

    init(_ values: [String], _ label: Int32, line: UInt64) {
        self.values = values
        self.label = label
        self.line = line
    }

    var description: String { "\(line): \(values) \(label)" }
}

extension Dataset {
    /// All examples of a split.
    func read(_ split: String) throws -> [ReadExample] {
        let found = try #require(description().splits.first { $0.name == split })
        let examples = try examples(of: split, 0..<found.count)
        return (0..<examples.count).map { index in
            ReadExample(
                examples.columns.map { $0[index] }, examples.labels[index], line: examples.lines[index])
        }
    }

    /// Names and sizes of the splits: `train 3`.
    func sizes() throws -> [String] { try description().splits.map { "\($0.name) \($0.count)" } }
}

/// The folder of real data beside the checkout.
enum SharedData {
    static let folder = BuiltProducts.package + "/../shared/data"

    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + path)
    }
}

/// Whether the error's sentence has all of these parts.
func sentence(_ error: any Error, has parts: String...) -> Bool {
    parts.allSatisfy { "\(error)".contains($0) }
}
