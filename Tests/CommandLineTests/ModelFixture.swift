import Foundation
import Safetensors
import SondeJSON
import TestSupport
import Testing

/// A tiny checkpoint with rows, a PEFT prompt, and what transformers and PEFT say about them.
struct ModelFixture {
    let folder: String
    let expected: JSONValue
    let tensors: SafetensorsFile
    private let layout: String?

    /// - Parameters:
    ///   - shape: a folder of Tests/Fixtures.
    ///   - layout: where in it the answers are, for a model that reads prompts in several ways.
    init(_ shape: String, layout: String? = nil) throws {
        self.layout = layout
        folder = BuiltProducts.package + "/Tests/Fixtures/" + shape + (layout.map { "/" + $0 } ?? "")
        let bytes = try Data(contentsOf: URL(filePath: folder + "/expected.json"))
        expected = try JSONValue(parsing: Array(bytes))
        tensors = try SafetensorsFile(folder + "/expected.safetensors")
    }

    var model: String { root + "/model" }
    var prompt: String { root + "/prompt" }
    /// The model's arguments for a command.
    var arguments: [String] {
        ["--model", model] + (layout.map { ["--model-option", "layout=" + $0] } ?? [])
    }
    var data: String { folder + "/rows.jsonl" }
    var rows: [JSONValue] { expected["rows"]?.arrayValue ?? [] }

    private var root: String { layout == nil ? folder : folder + "/.." }

    /// Writes the lines of some rows to a file of their own.
    func writeRows(_ ids: Set<String>, to folder: TemporaryFolder) throws -> String {
        let lines = try String(contentsOfFile: data, encoding: .utf8).split(separator: "\n")
        let kept = try lines.filter {
            try ids.contains(JSONValue(parsing: String($0))["id"]?.stringValue ?? "")
        }
        return try folder.write(kept.joined(separator: "\n") + "\n", to: "rows-\(UUID().uuidString).jsonl")
    }
}

extension JSONValue {
    /// A recorded edit as an argument.
    var editArgument: String {
        get throws {
            let neurons = try #require(self["neurons"]?.arrayValue).compactMap(\.intValue).map(String.init)
            let mode = self["constant"].map { "constant=\($0.text())" } ?? "zero"
            let stack = self["stack"]?.stringValue.map { $0 + "/" } ?? ""
            let site = try stack + #require(self["site"]?.stringValue)
            let positions = try #require(self["positions"]?.stringValue)
            return
                "\(site):\(self["layer"]?.text() ?? ""):\(neurons.joined(separator: ",")):\(mode):\(positions)"
        }
    }
}

/// The JSON lines of a command's output.
func jsonLines(_ run: CommandRun) throws -> [JSONValue] {
    try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
}

/// The largest difference, or infinity for lists of unequal length.
func largestDifference(_ left: JSONValue?, _ right: JSONValue?) -> Double {
    let (left, right) = (left?.arrayValue ?? [], right?.arrayValue ?? [])
    guard left.count == right.count else { return .infinity }
    return zip(left, right).map { abs(($0.doubleValue ?? .nan) - ($1.doubleValue ?? .nan)) }.max() ?? 0
}

/// The norm of the difference over the norm of the reference.
func relativeError(_ values: [Float], _ reference: some Collection<Float>) -> Double {
    guard values.count == reference.count else { return .infinity }
    let difference = zip(values, reference).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
    let norm = reference.reduce(0) { $0 + pow(Double($1), 2) }
    return (difference / max(norm, .leastNormalMagnitude)).squareRoot()
}
