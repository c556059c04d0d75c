import SondeJSON
import SondeSDK
import SondeStatistics

/// What the host does for a probe in one cell: hands out exactly what the unit has named.
final class CellServices: ProbeServices {
    private let shelf: ComponentShelf
    private let probe: ComponentSource
    private let unit: ProbeUnit?
    private let models: [ModelSource]
    private let tasks: [TaskSource]
    private let inputs: [ResultFolder]

    /// - Parameters:
    ///   - unit: the unit to measure; `nil` to conclude.
    ///   - inputs: results of other cells.
    init(
        shelf: ComponentShelf, probe: ComponentSource, unit: ProbeUnit?, models: [ModelSource],
        tasks: [TaskSource], inputs: [ResultFolder]
    ) {
        self.shelf = shelf
        self.probe = probe
        self.unit = unit
        self.models = models
        self.tasks = tasks
        self.inputs = inputs
    }

    func model(_ name: String) throws -> any Model { try shelf.model(source(ofModel: name)) }

    func prompt(_ name: String) throws -> TunedPrompt {
        let (result, model, task, seed) = try storedPrompt(name)
        var prompt = result.prompt
        // The prompt may have been tuned under other names; its reader knows those of this study.
        (prompt.facts.model, prompt.facts.task, prompt.facts.seed) = (model, task, seed)
        return prompt
    }

    func initialPrompt(_ name: String) throws -> DenseTensor { try storedPrompt(name).result.initial }

    func measurement(of unit: String, by probe: String?) throws -> JSONValue {
        try MeasurementResult.json(in: folder(ofMeasurement: unit, by: probe))
    }

    func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor {
        try MeasurementResult.tensor(name, in: folder(ofMeasurement: unit, by: probe))
    }

    func rows(
        task name: String, split: String, model: String, promptRows: Int, _ range: Range<Int>
    ) throws -> Rows {
        guard let task = tasks.first(where: { $0.name == name }) else {
            throw unnamed("task", name, among: tasks.map(\.name))
        }
        let rows = try shelf.task(task, on: source(ofModel: model), promptRows: promptRows).rows(split: split)
        guard range.upperBound <= rows.count else {
            throw SondeError.invalidArgument(
                "The rows \(range) of '\(name)' do not exist; its split '\(split)' has \(rows.count).")
        }
        return rows.subset(range)
    }

    /// The name of a stream says all that it depends on: probe, unit, and what the probe calls it.
    func randomKey(_ name: String) -> UInt64 {
        var stream = RandomStream(seed: 0, name: "probe/\(probe.id)/\(unit?.id ?? "")/\(name)")
        return stream.next()
    }
}

extension CellServices {
    private func source(ofModel name: String) throws -> ModelSource {
        guard let source = models.first(where: { $0.name == name }) else {
            throw unnamed("model", name, among: models.map(\.name))
        }
        return source
    }

    private func storedPrompt(
        _ wanted: String
    ) throws -> (result: PromptResult, model: String, task: String, seed: Int) {
        for input in inputs {
            if case .tunedPrompt(wanted, let model, let task, let seed) = input.role {
                return (try PromptResult(readFrom: input.path), model, task, seed)
            }
        }
        throw unnamed("prompt", wanted, among: unit?.prompts ?? [])
    }

    private func folder(ofMeasurement wanted: String, by name: String?) throws -> String {
        for input in inputs {
            switch input.role {
            case .ownMeasurement(unit: wanted) where name == nil: return input.path
            case .measurement(probe: name, unit: wanted): return input.path
            default: continue
            }
        }
        throw unnamed("measurement", (name.map { $0 + "/" } ?? "") + wanted, among: [])
    }

    private func unnamed(_ kind: String, _ name: String, among known: [String]) -> SondeError {
        let reader = unit.map { "The unit '\($0.id)' has" } ?? "What concludes has"
        return .notFound(
            "\(reader) not named the \(kind) '\(name)' among what it needs\(NearestName.sentenceEnd(for: name, among: known))"
        )
    }
}
