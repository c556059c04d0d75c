import SondeJSON
import SondeSDK

/// What models and datasets have said of themselves, compared with the study.
struct StudySources {
    /// The study's models with the digests of their weights.
    let models: [ModelSource]
    let cards: [String: ModelCard]
    /// The study's tasks with their splits and labels.
    let tasks: [TaskSource]
    /// What the user should know, one sentence each.
    private(set) var warnings: [String] = []

    /// Has workers load every model and open every dataset.
    /// - Throws: ``HostError`` with the place in the study file for a plugin that fails, and for splits, fields, labels
    ///   and candidates that do not fit.
    init(_ study: Study, crew: WorkerCrew) throws {
        var models: [ModelSource] = []
        var cards: [String: ModelCard] = [:]
        for model in study.models {
            let card = try Self.ask(crew, .describeModel(model.source), as: ModelCard.self, at: model.place)
            var source = model.source
            source.weightsDigest = card.digest
            models.append(source)
            cards[model.name] = card
        }
        var tasks: [TaskSource] = []
        var warnings: [String] = []
        for task in study.tasks {
            let description = try Self.ask(
                crew, .describeDataset(task.dataset), as: DatasetDescription.self,
                at: task.entry.datasetPlace)
            let binding = try Self.bind(task, description)
            warnings += binding.warnings
            let splits = try Self.splits(of: task, description, warnings: &warnings)
            tasks.append(
                TaskSource(
                    dataset: task.dataset, definition: task.entry.definition, splits: splits,
                    description: description))
        }
        (self.models, self.cards, self.tasks, self.warnings) = (models, cards, tasks, warnings)
    }

    /// What a probe sees of the study, but for earlier probes.
    func outline(of study: Study) throws -> StudyOutline {
        let tuned = study.tasks.filter { $0.recipe != nil }
        return StudyOutline(
            models: models.compactMap { model in
                cards[model.name].map { card in
                    .init(name: model.name, modelType: card.modelType, capabilities: card.capabilities)
                }
            },
            tasks: tasks.map { task in
                .init(
                    name: task.name, labels: task.description.labels,
                    splits: task.description.splits.map { .init(name: $0.name, count: $0.count) })
            },
            seeds: study.seeds,
            prompts: models.flatMap { model in
                tuned.flatMap { task in
                    study.seeds.map { seed in
                        .init(
                            name: PromptName(model: model.name, task: task.name, seed: seed).description,
                            model: model.name, task: task.name, seed: seed, rows: task.recipe?.rows ?? 0)
                    }
                }
            })
    }
}

extension StudySources {
    private static func ask<Answer: Decodable>(
        _ crew: WorkerCrew, _ request: WorkerRequest, as type: Answer.Type, at place: StudyPlace
    ) throws -> Answer {
        let outcome = try crew.ask(request) { _ in }
        guard case .done(let text) = outcome else {
            let failure = outcome.failure ?? HostError(.internal, "A worker gave no answer.")
            throw failure.kind == .cancelled ? failure : place.error(failure)
        }
        return try JSONValue(parsing: text, depthLimit: 512).decoded(as: type)
    }

    /// Checks template and candidates.
    private static func bind(_ task: StudyTask, _ description: DatasetDescription) throws -> TaskBinding {
        do {
            return try TaskBinding(task.entry.definition, dataset: description)
        } catch {
            throw task.entry.templatePlace.error(error)
        }
    }

    /// The splits that the task uses.
    ///
    /// Without a name for it in the study, the split that is watched may be absent.
    private static func splits(
        of task: StudyTask, _ description: DatasetDescription, warnings: inout [String]
    ) throws -> TaskSource.Splits {
        let known = description.splits.map(\.name)
        func check(_ split: TaskEntry.SplitName, _ key: String) throws -> String {
            guard let found = description.splits.first(where: { $0.name == split.name }) else {
                throw (split.place ?? task.entry.place).error(
                    "task '\(task.name)' has no split '\(split.name)' for '\(key)'"
                        + StudyNode.hint(split.name, known))
            }
            guard found.count > 0 else {
                throw (split.place ?? task.entry.place).error(
                    "the split '\(split.name)' of task '\(task.name)' is empty (\(found.file))")
            }
            return split.name
        }
        let evaluate = task.entry.evaluate
        let isWatched = evaluate.place != nil || known.contains(evaluate.name)
        if !isWatched, task.recipe != nil {
            warnings.append(
                "Task '\(task.name)' has no split '\(evaluate.name)', so the last prompt of each tuning is kept, "
                    + "not the best.")
        }
        return TaskSource.Splits(
            train: try check(task.entry.train, "train"),
            evaluate: isWatched ? try check(evaluate, "evaluate") : nil,
            test: try check(task.entry.test, "test"))
    }
}
