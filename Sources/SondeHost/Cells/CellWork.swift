import SondeJSON
import SondeSDK

/// What a worker does for a cell, with everything that it needs but the results of other cells.
enum CellWork: Codable, Sendable, Hashable {
    /// A probe names its units.
    case plan(probe: ComponentSource, outline: StudyOutline)
    /// The most frequent label answers; with its text if that is wanted.
    case majority(TaskSource, wantsTexts: Bool)
    /// A model answers, with the prompt that is its input if there is one; if that is wanted it also says its answers.
    case evaluate(model: ModelSource, task: TaskSource, promptRows: Int, wantsTexts: Bool)
    /// A prompt is tuned.
    case tune(model: ModelSource, task: TaskSource, recipe: TuningRecipe, seed: Int)
    /// A model is tuned itself, answers, and is forgotten.
    case tuneModel(
        model: ModelSource, task: TaskSource, recipe: TuningRecipe, seed: Int, wantsTexts: Bool)
    /// A metric judges the answers that are its input.
    case metric(ComponentSource)
    /// A metric compares the answers that are its inputs.
    case compare(ComponentSource)
    /// A probe measures.
    case measure(probe: ComponentSource, unit: ProbeUnit, models: [ModelSource], tasks: [TaskSource])
    /// A probe concludes.
    case conclude(probe: ComponentSource, units: [ProbeUnit])
}

extension CellWork {
    var kind: CellKind {
        switch self {
        case .plan: .plan
        case .majority: .majority
        case .evaluate: .evaluate
        case .tune, .tuneModel: .tune
        case .metric: .metric
        case .compare: .compare
        case .measure: .measure
        case .conclude: .conclude
        }
    }

    /// The components that are run; the first is the one whose call the cell is.
    var components: [ComponentSource] {
        switch self {
        case .plan(let probe, _), .conclude(let probe, _): [probe]
        case .majority(let task, _): [task.dataset]
        case .evaluate(let model, let task, _, _), .tune(let model, let task, _, _),
            .tuneModel(let model, let task, _, _, _):
            [model.component, task.dataset]
        case .metric(let metric), .compare(let metric): [metric]
        case .measure(let probe, _, let models, let tasks):
            [probe] + models.map(\.component) + tasks.map(\.dataset)
        }
    }

    /// The models that are run.
    var models: [ModelSource] {
        switch self {
        case .evaluate(let model, _, _, _), .tune(let model, _, _, _), .tuneModel(let model, _, _, _, _):
            [model]
        case .measure(_, _, let models, _): models
        case .plan, .majority, .metric, .compare, .conclude: []
        }
    }

    /// Everything that the results depend on besides builds and inputs, in the clear.
    ///
    /// The names that the study gives to models and tasks are left out where results do not show them, so that giving
    /// another name is no new work.
    var identity: JSONValue {
        get throws {
            switch self {
            case .plan(let probe, let outline):
                ["probe": probe.identity, "study": try JSONValue(encoding: outline)]
            case .majority(let task, let wantsTexts):
                [
                    "task": try task.identity, "train": task.splits.train.map { .string($0) } ?? .null,
                    "test": .string(task.splits.test), "texts": .boolean(wantsTexts),
                ]
            case .evaluate(let model, let task, let promptRows, let wantsTexts):
                [
                    "model": model.identity, "task": try task.identity, "test": .string(task.splits.test),
                    "room_for_prompt": .integer(Int64(promptRows)), "texts": .boolean(wantsTexts),
                ]
            case .tune(let model, let task, let recipe, let seed):
                .object(try Self.tuning(model, task, recipe, seed))
            case .tuneModel(let model, let task, let recipe, let seed, let wantsTexts):
                .object(
                    JSONObject(
                        try Self.tuning(model, task, recipe, seed).map { ($0.key, $0.value) }
                            + [("test", .string(task.splits.test)), ("texts", .boolean(wantsTexts))]))
            case .metric(let metric), .compare(let metric): ["metric": metric.identity]
            case .measure(let probe, let unit, let models, let tasks):
                [
                    "probe": probe.identity, "unit": try JSONValue(encoding: unit),
                    "models": .object(JSONObject(models.map { ($0.name, $0.identity) })),
                    "tasks": .object(JSONObject(try tasks.map { ($0.name, try $0.identity) })),
                ]
            case .conclude(let probe, let units):
                ["probe": probe.identity, "units": try JSONValue(encoding: units)]
            }
        }
    }

    private static func tuning(
        _ model: ModelSource, _ task: TaskSource, _ recipe: TuningRecipe, _ seed: Int
    ) throws -> JSONObject {
        [
            "model": model.identity, "task": try task.identity,
            "train": task.splits.train.map { .string($0) } ?? .null,
            "evaluate": task.splits.evaluate.map { .string($0) } ?? .null,
            "recipe": try JSONValue(encoding: recipe), "seed": .integer(Int64(seed)),
        ]
    }
}
