import SondeJSON
import SondeSDK

/// What models and datasets have said of themselves, compared with the study.
struct StudySources {
    /// The study's models with the digests of their weights.
    let models: [ModelSource]
    let cards: [String: ModelCard]
    /// The study's tasks with their splits and labels.
    let tasks: [TaskSource]
    /// How each task is tuned on a model, by the model's name; `nil` for a task that is not.
    private let recipes: [String: [TuningRecipe?]]
    /// What the splits of tasks have in common, where they have, with the task's name.
    let shared: [(task: String, rows: SharedRows)]
    /// What the user should know, one sentence each.
    private(set) var warnings: [String] = []

    /// Has workers load every model and open every dataset.
    /// - Throws: ``HostError`` with the place in the study file for a plugin that fails, and for splits, fields, labels
    ///   and candidates that do not fit.
    init(_ study: Study, crew: WorkerCrew) throws {
        var tasks: [TaskSource] = []
        var warnings: [String] = []
        for task in study.tasks {
            let (source, notes) = try Self.source(of: task, crew)
            tasks.append(source)
            warnings += notes
        }
        var models: [ModelSource] = []
        var cards: [String: ModelCard] = [:]
        for model in study.models {
            let card = try Self.ask(crew, .describeModel(model.source), as: ModelCard.self, at: model.place)
            for (task, source) in zip(study.tasks, tasks) {
                let notes = try Self.check(task, source, on: model.source, card, crew)
                if models.isEmpty { warnings += notes }
            }
            var source = model.source
            source.weightsDigest = card.digest
            models.append(source)
            cards[model.name] = card
        }
        (self.models, self.cards) = (models, cards)
        recipes = try cards.mapValues { card in
            try zip(study.tasks, tasks).map { task, source in
                source.splits.train == nil
                    ? nil : try Self.recipe(of: task, source.description, on: card, in: study)
            }
        }
        shared = try zip(study.tasks, tasks).flatMap { task, source in
            try Self.ask(
                crew, .compareSplits(source), as: [SharedRows].self, at: task.entry.datasetPlace
            ).filter { $0.count > 0 }.map { (task.name, $0) }
        }
        self.tasks = tasks
        self.warnings = warnings + shared.map { $1.sentence(task: $0) }
    }

    /// How each task is tuned on a model; `nil` for a task that is not.
    func recipes(on model: ModelSource) -> [TuningRecipe?] { recipes[model.name] ?? [] }

    /// Whether there is tuning for each task.
    var isTuned: [Bool] { models.first.map { recipes(on: $0).map { $0 != nil } } ?? [] }

    /// Whether any tuning may stop early.
    var hasPatience: Bool { recipes.values.joined().contains { $0?.patience != nil } }

    /// What a probe sees of the study, but for earlier probes.
    func outline(of study: Study) throws -> StudyOutline {
        StudyOutline(
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
                zip(tasks, recipes(on: model)).flatMap { task, recipe -> [StudyOutline.Prompt] in
                    guard let recipe, recipe.method == .prompt else { return [] }
                    return study.seeds.map { seed in
                        .init(
                            name: PromptName(model: model.name, task: task.name, seed: seed).description,
                            model: model.name, task: task.name, seed: seed, rows: recipe.rows)
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

    /// The recipe with the words that a prompt begins as, where the template brings them.
    private static func recipe(
        of task: StudyTask, _ description: DatasetDescription, on card: ModelCard, in study: Study
    ) throws -> TuningRecipe? {
        guard var recipe = task.recipe, recipe.initialisation == .text, recipe.text == nil else {
            return task.recipe
        }
        let wording = task.entry.definition.wording
        recipe.text = try wording.prompt(for: card, in: description, task: task.name)
        guard recipe.text != nil else {
            let place = task.entry.tuning?.place ?? study.file.tuning?.place ?? task.entry.place
            let reason =
                if case .named(let name) = wording {
                    "the template '\(name)' of task '\(task.name)' brings none"
                } else {
                    "task '\(task.name)' writes its template out"
                }
            throw place.error(
                "the initialisation 'text' needs the option 'text', the words that the prompt begins as: \(reason)"
            )
        }
        return recipe
    }

    /// A task with its splits and labels, and what the user should know of them.
    private static func source(of task: StudyTask, _ crew: WorkerCrew) throws -> (TaskSource, [String]) {
        let description = try ask(
            crew, .describeDataset(task.dataset, task.entry.sampling), as: DatasetDescription.self,
            at: task.entry.datasetPlace)
        let splits = try SplitChoice(task: task, description: description)
        let source = TaskSource(
            dataset: task.dataset, sampling: task.entry.sampling, definition: task.entry.definition,
            splits: try splits.splits(), description: description)
        var notes = description.notes + splits.warnings
        if let use = source.splits.doubleUse, task.recipe != nil {
            notes.append("Task '\(task.name)': \(use).")
        }
        return (source, notes)
    }

    /// Checks template and candidates for a model that has just been described; what the user should know of them.
    private static func check(
        _ task: StudyTask, _ source: TaskSource, on model: ModelSource, _ card: ModelCard, _ crew: WorkerCrew
    ) throws -> [String] {
        let place = task.entry.templatePlace
        let binding: TaskBinding
        do {
            binding = try TaskBinding(task.entry.definition, dataset: source.description, card: card)
        } catch {
            throw place.error(error)
        }
        if binding.hasFixedCandidates {
            _ = try ask(crew, .encodeCandidates(source, model), as: JSONValue.self, at: place)
        }
        return binding.warnings
    }
}
