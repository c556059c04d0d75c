import SondeHost
import SondeJSON
import SondeSDK
import SondeStatistics

/// What the probe `semantics` does with one tuned prompt of a study.
final class NearestTokens: Operation {
    /// Rows of the prompt.
    private static let promptRows = 20

    private let workbench: Workbench
    private let shape: ModelShape
    private let probe: any Probe
    private let unit: ProbeUnit
    private let services: OnePrompt

    init(on workbench: Workbench) throws {
        self.workbench = workbench
        shape = try workbench.shape()
        let model = try workbench.model()
        services = try OnePrompt(model: model, rows: Self.promptRows, vocabulary: shape.vocabulary)
        probe = try workbench.probe("semantics")
        let outline = StudyOutline(
            models: [.init(name: "model", modelType: try model.card.modelType, capabilities: [])], tasks: [],
            seeds: [0],
            prompts: [.init(name: "prompt", model: "model", task: "", seed: 0, rows: Self.promptRows)])
        guard let unit = try probe.plan(outline).first(where: { $0.prompts == ["prompt"] }) else {
            throw HostError.plugin("The probe 'semantics' planned nothing for a prompt.")
        }
        self.unit = unit
    }

    func elapsed() throws -> Elapsed {
        try Elapsed.of { _ = try probe.measure(unit, with: services) }
    }

    func floor() -> any Floor { BareProducts([products], on: workbench.runtime) }

    var usefulOperations: Double? { products.usefulOperations }

    /// Products of the prompt's rows with every token's embedding.
    private var products: ProductGroup {
        .vocabulary(
            logits: MatrixProduct(
                rows: Self.promptRows, columns: shape.vocabulary, depth: shape.width,
                isRightTransposed: true), hasWayBack: false)
    }
}

/// Services of a study with one model and one prompt, whose rows are still near to the tokens that they began as.
private final class OnePrompt: ProbeServices {
    private let loaded: any Model
    private let initial: DenseTensor
    private let tuned: TunedPrompt

    init(model: any Model, rows: Int, vocabulary: Int) throws {
        loaded = model
        var stream = RandomStream(seed: 0, name: "benchmark/tuned prompt")
        let tokens = (0..<rows).map { _ in Int32(stream.integer(below: vocabulary)) }
        let began = try tokens.flatMap { try model.embeddings(Int($0)..<Int($0) + 1).row(0) }
        let shape = [tokens.count, began.count / tokens.count]
        initial = DenseTensor(shape: shape, values: began)
        tuned = TunedPrompt(
            values: DenseTensor(shape: shape, values: began.map { $0 + Float(0.002 * stream.normal()) }),
            facts: PromptFacts(
                model: "model", task: "", seed: 0, placement: "prefix",
                liveRows: tokens.map { _ in true }, initialisation: "vocabulary", initialTokens: tokens))
    }

    func model(_ name: String) -> any Model { loaded }
    func prompt(_ name: String) -> TunedPrompt { tuned }
    func initialPrompt(_ name: String) -> DenseTensor { initial }
    func randomKey(_ name: String) -> UInt64 { 0 }

    func measurement(of unit: String, by probe: String?) throws -> JSONValue { throw absent }
    func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor { throw absent }
    func rows(task: String, split: String, model: String, promptRows: Int, _ range: Range<Int>) throws -> Rows
    {
        throw absent
    }

    private var absent: SondeError { .notFound("The benchmark's study has a model and a prompt only.") }
}
