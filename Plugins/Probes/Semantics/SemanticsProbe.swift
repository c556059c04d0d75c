import SondeJSON
import SondeSDK
import SondeStatistics

/// Reads a tuned prompt: the vocabulary tokens nearest to each row, where the token that it began as stands among them,
/// and how far the row has moved.
///
/// Source: Dayton, O'Rahilly and Werner, "Interpreting Prompt-Tuning Across SuperGLUE Tasks", section on nearest tokens.
final class SemanticsProbe: Probe {
    static let descriptor = ProbeDescriptor(
        id: "semantics",
        summary: "The vocabulary tokens nearest to each row of a prompt, and how far rows have moved",
        options: [
            OptionDeclaration(
                "neighbours", .integer(1...1000), default: 5,
                "How many nearest tokens are listed for each row")
        ])

    private let neighbours: Int
    private let host: any PluginHost
    /// What is known of vocabularies, by the digests of their models.
    private var scales: [String: SemanticsMeasurement.Scale] = [:]

    init(neighbours: Int, host: any PluginHost) {
        self.neighbours = neighbours
        self.host = host
    }

    func plan(_ study: StudyOutline) -> [ProbeUnit] {
        study.prompts.map { ProbeUnit(id: $0.name, prompts: [$0.name], models: [$0.model]) }
    }

    func measure(_ unit: ProbeUnit, with services: any ProbeServices) throws -> Measurement {
        guard let name = unit.prompts.first else {
            throw SondeError.invalidArgument("A unit of the probe 'semantics' names no prompt.")
        }
        let prompt = try services.prompt(name)
        let initial = try services.initialPrompt(name)
        let model = try services.model(prompt.facts.model)
        let vocabulary = try Vocabulary(of: model, host: host)
        let reading = try PromptReading(
            prompt, initial: initial, vocabulary: vocabulary, neighbours: neighbours, host: host)
        let measured = SemanticsMeasurement(
            rows: reading.rows, deadRows: reading.deadRows,
            scale: try scale(of: vocabulary, digest: model.card.digest))
        return Measurement(json: try JSONValue(encoding: measured))
    }

    /// The scale of a vocabulary, which is the same for all prompts of a model and takes longer than reading one.
    private func scale(of vocabulary: Vocabulary, digest: String) throws -> SemanticsMeasurement.Scale {
        if let known = scales[digest] { return known }
        var random = RandomStream(seed: 0, name: "vocabulary pairs")
        let scale = try vocabulary.typicalCosines(samples: 256, random: &random)
        scales[digest] = scale
        return scale
    }

    func conclude(_ units: [ProbeUnit], with services: any ProbeServices) throws -> Findings {
        let measured = try units.map { unit in
            (
                name: unit.id,
                measurement: try services.measurement(of: unit.id).decoded(as: SemanticsMeasurement.self)
            )
        }
        return SemanticsFindings(prompts: measured).findings
    }
}
