import Foundation
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// The probe `semantics` on a tiny BLOOM, compared with a plain search in double precision.
@Suite struct SemanticsTests {
    private let model: any Model
    private let table: [[Double]]
    private let tokenCount: Int

    init() throws {
        let directory = BuiltProducts.package + "/Tests/Fixtures/bloom/wide-vocabulary/model"
        model = try BundledPlugins.model(directory: directory)
        tokenCount = try model.card.tokenCount
        let view = try model.embeddings(0..<tokenCount)
        table = (0..<view.rows).map { view.row($0).map(Double.init) }
    }

    @Test("Nearest tokens, the rank of the first one and the drift are those of a plain search")
    func agreesWithPlainSearch() throws {
        let began: [Int32] = [40, 7, 60]
        let initial = began.flatMap { table[Int($0)].map(Float.init) }
        let moved = initial.enumerated().map { $1 + 0.9 * sin(Float($0)) }
        let measured = try measure(moved, from: initial, tokens: began, live: [true, false, true])
        let rows = try #require(measured["rows"]?.arrayValue)
        #expect(rows.count == 2)
        #expect(measured["dead_rows"] == 1)
        for (row, index) in zip(rows, [0, 2]) {
            let width = table[0].count
            let now = moved[(index * width)..<((index + 1) * width)].map(Double.init)
            let before = initial[(index * width)..<((index + 1) * width)].map(Double.init)
            let cosines = table.indices.map { cosine(now, table[$0]) }
            let order = try known().sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }
            let nearest = row["nearest"]?.arrayValue ?? []
            #expect(nearest.compactMap { $0["id"]?.intValue } == Array(order.prefix(5)))
            for (neighbour, id) in zip(nearest, order) {
                #expect(abs((neighbour["cosine"]?.doubleValue ?? 0) - cosines[id]) < 1e-5)
            }
            let own = Int(began[index])
            #expect(row["initial_rank"]?.intValue == (order.firstIndex(of: own) ?? -1) + 1)
            let drift = zip(now, before).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            #expect(abs((row["drift"]?.doubleValue ?? 0) - drift) < 1e-5)
        }
    }

    @Test("A prompt that has not moved is nearest to the tokens that it began as")
    func untuned() throws {
        let began: [Int32] = [20, 21, 22]
        let initial = began.flatMap { table[Int($0)].map(Float.init) }
        let rows = try measure(initial, from: initial, tokens: began, live: [true, true, true])["rows"]
        for (index, token) in began.enumerated() {
            #expect(rows?[index]?["nearest"]?[0]?["id"]?.intValue == Int(token))
            #expect(rows?[index]?["initial_rank"] == 1)
            #expect(rows?[index]?["drift"]?.doubleValue == 0)
        }
    }

    private func measure(
        _ values: [Float], from initial: [Float], tokens: [Int32], live: [Bool]
    ) throws -> JSONValue {
        let shape = [tokens.count, table[0].count]
        let facts = PromptFacts(
            model: "tiny", task: "t", seed: 1, placement: "prefix", liveRows: live, initialisation: "text",
            initialTokens: tokens)
        let services = OnePrompt(
            model: model, tuned: TunedPrompt(values: DenseTensor(shape: shape, values: values), facts: facts),
            initial: DenseTensor(shape: shape, values: initial))
        let probe = try BundledPlugins.probe("semantics", ["neighbours": 5])
        return try probe.measure(ProbeUnit(id: "p", prompts: ["p"], models: ["tiny"]), with: services).json
    }

    /// Ids that the tokenizer has.
    private func known() throws -> [Int] {
        try table.indices.filter { try model.text(ofToken: Int32($0)) != nil }
    }

    private func cosine(_ a: [Double], _ b: [Double]) -> Double {
        let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        let norms = [a, b].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return product / (norms[0] * norms[1])
    }
}

/// Services with one model and one prompt.
private final class OnePrompt: ProbeServices {
    private let loaded: any Model
    private let tuned: TunedPrompt
    private let initial: DenseTensor

    init(model: any Model, tuned: TunedPrompt, initial: DenseTensor) {
        loaded = model
        self.tuned = tuned
        self.initial = initial
    }

    func model(_ name: String) -> any Model { loaded }
    func prompt(_ name: String) -> TunedPrompt { tuned }
    func initialPrompt(_ name: String) -> DenseTensor { initial }
    func randomKey(_ name: String) -> UInt64 { 1 }

    func measurement(of unit: String, by probe: String?) throws -> JSONValue { throw absent }
    func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor { throw absent }
    func rows(task: String, split: String, model: String, promptRows: Int, _ range: Range<Int>) throws -> Rows
    {
        throw absent
    }

    private var absent: SondeError { .notFound("The probe 'semantics' has no business with this.") }
}
