import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// Dropout draws other numbers than torch does, so what is compared is the mean and the spread over many draws.
@Suite("Dropout while training agrees with transformers")
struct DropoutTests {
    /// What transformers says (Tests/References/record_dropout.py).
    struct Reference: Decodable, CustomTestStringConvertible {
        var model: String
        var layout: String?
        var configuration: JSONObject
        var text_ids: [Int32]
        var candidate_ids: [Int32]
        var plain: Double
        var draws: Int
        var mean: Double
        var deviation: Double

        var testDescription: String { model }

        static let all = Result {
            try JSONValue(parsing: Data(contentsOf: URL(filePath: fixtures + "/dropout.json")))["cases"]?
                .decoded(as: [Reference].self) ?? []
        }
        static let fixtures = BuiltProducts.package + "/Tests/Fixtures"

        /// The checkpoint with other rates, in a folder.
        func model(in folder: TemporaryFolder, options: JSONObject = [:]) throws -> any Model {
            let source = Self.fixtures + "/\(model)/model/"
            for file in try FileManager.default.contentsOfDirectory(atPath: source) {
                try folder.write(Data(contentsOf: URL(filePath: source + file)), to: file)
            }
            var configuration = try #require(
                JSONValue(parsing: Data(contentsOf: URL(filePath: source + "config.json"))).objectValue)
            for (name, rate) in self.configuration { configuration[name] = rate }
            try folder.write(JSONValue.object(configuration).text(), to: "config.json")
            let registry = try Registry(
                search: PluginSearch(executable: BuiltProducts.sonde), host: HostRuntime(threads: 1))
            return try registry.makeModel(directory: folder.path, options: options)
        }

        /// The row with the recorded prompt, as tuning runs it.
        func pass(on model: any Model) throws -> Pass {
            let prompt = try PromptSource.prompt(at: Self.fixtures + "/\(self.model)/prompt").softPrompt
            var rows = Rows()
            rows.append(text: text_ids, candidates: [candidate_ids], label: 0)
            return Pass(
                rows: rows, prompts: [try model.prepare(prompt)], scoring: nil, loss: .language,
                wantsPromptGradient: true)
        }
    }

    private static func logProbability(_ model: any Model, _ pass: Pass, stream: UInt64?) throws -> Double {
        var pass = pass
        pass.dropoutStream = stream
        return -(try model.run(pass).lossSums[0])
    }

    @Test("The mean and the spread of a candidate's log-probability", arguments: try Reference.all.get())
    func distribution(_ reference: Reference) throws {
        let folder = try TemporaryFolder()
        let model = try reference.model(in: folder)
        let pass = try reference.pass(on: model)
        let plain = try Self.logProbability(model, pass, stream: nil)
        #expect(abs(plain - reference.plain) < 1e-4)
        let count = 4000
        let draws = try (0..<count).map { try Self.logProbability(model, pass, stream: UInt64($0)) }
        let mean = draws.reduce(0, +) / Double(count)
        let deviation = (draws.reduce(0) { $0 + pow($1 - mean, 2) } / Double(count - 1)).squareRoot()
        let error = reference.deviation * (1 / Double(count) + 1 / Double(reference.draws)).squareRoot()
        #expect(abs(reference.mean - plain) > 8 * error, "too little to see")
        #expect(abs(mean - reference.mean) < 4 * error, "\(mean) \(reference.mean) \(error)")
        #expect(abs(deviation / reference.deviation - 1) < 0.08, "\(deviation) \(reference.deviation)")
    }

    @Test(
        "The same stream gives the same numbers, and the option switches dropout off",
        arguments: try Reference.all.get())
    func streams(_ reference: Reference) throws {
        let folder = try TemporaryFolder()
        let model = try reference.model(in: folder)
        let pass = try reference.pass(on: model)
        let first = try Self.logProbability(model, pass, stream: 7)
        #expect(try Self.logProbability(model, pass, stream: 7) == first)
        #expect(try Self.logProbability(model, pass, stream: 8) != first)
        let other = try reference.model(in: folder, options: ["dropout": false])
        let plain = try Self.logProbability(other, reference.pass(on: other), stream: 7)
        #expect(abs(plain - reference.plain) < 1e-4)
    }
}
