import SondeSDK

extension CellGraph {
    /// Adds the cells of a study that need no plan: majority, evaluations, tuning and metrics.
    ///
    /// Cells of one model and task stand together, so that a worker loads each model once.
    mutating func addTuning(_ study: Study, _ sources: StudySources) throws {
        for task in sources.tasks {
            try add(
                .majority(task, wantsTexts: study.comparesTexts), title: "majority \(task.name)",
                at: .answers(.majority(task: task.name)))
            try addMetrics(study, of: .majority(task: task.name))
        }
        for model in sources.models {
            for (task, recipe) in zip(sources.tasks, sources.recipes(on: model)) {
                let plain = CellSlot.Answerer.model(model.name, task: task.name)
                try add(
                    .evaluate(
                        model: model, task: task, promptRows: recipe?.rows ?? 0,
                        wantsTexts: study.comparesTexts),
                    title: "evaluate \(plain)", at: .answers(plain))
                try addMetrics(study, of: plain)
                guard let recipe else { continue }
                for seed in study.seeds {
                    switch recipe.method {
                    case .prompt: try addPrompt(study, model, task, recipe, seed)
                    case .model: try addTunedModel(study, model, task, recipe, seed)
                    }
                }
                let tuned = study.seeds.map { PromptName(model: model.name, task: task.name, seed: $0) }
                try addComparisons(
                    study, .tuning(model: model.name, task: task.name), tuned.map { .tuned($0) }, [plain])
            }
        }
        try addContrasts(study, sources)
    }

    /// Compares each model with each on every task, with tuned prompts where there are any.
    private mutating func addContrasts(_ study: Study, _ sources: StudySources) throws {
        for (task, isTuned) in zip(sources.tasks, sources.isTuned) {
            func runs(_ model: String) -> [CellSlot.Answerer] {
                isTuned
                    ? study.seeds.map { .tuned(PromptName(model: model, task: task.name, seed: $0)) }
                    : [.model(model, task: task.name)]
            }
            let names = sources.models.map(\.name)
            for (index, first) in names.enumerated() {
                for second in names[(index + 1)...] {
                    try addComparisons(
                        study, .models(first, second, task: task.name), runs(first), runs(second))
                }
            }
        }
    }

    private mutating func addComparisons(
        _ study: Study, _ contrast: CellSlot.Contrast, _ first: [CellSlot.Answerer],
        _ second: [CellSlot.Answerer]
    ) throws {
        func inputs(_ side: CellInput.Side, _ runs: [CellSlot.Answerer]) -> [(CellInput.Role, CellSlot)] {
            runs.enumerated().map { (.compared(side: side, run: $0), .answers($1)) }
        }
        for (index, metric) in study.metrics.enumerated() {
            try add(
                .compare(metric.source), title: "\(metric.name) of \(contrast)",
                at: .comparison(index, of: contrast),
                reading: inputs(.first, first) + inputs(.second, second))
        }
    }

    private mutating func addPrompt(
        _ study: Study, _ model: ModelSource, _ task: TaskSource, _ recipe: TuningRecipe, _ seed: Int
    ) throws {
        let name = PromptName(model: model.name, task: task.name, seed: seed)
        try add(
            .tune(model: model, task: task, recipe: recipe, seed: seed), title: "tune \(name)",
            at: .prompt(name))
        try add(
            .evaluate(
                model: model, task: task, promptRows: recipe.rows, wantsTexts: study.comparesTexts),
            title: "evaluate \(name)", at: .answers(.tuned(name)), reading: [(.prompt, .prompt(name))])
        try addMetrics(study, of: .tuned(name))
    }

    private mutating func addTunedModel(
        _ study: Study, _ model: ModelSource, _ task: TaskSource, _ recipe: TuningRecipe, _ seed: Int
    ) throws {
        let name = PromptName(model: model.name, task: task.name, seed: seed)
        try add(
            .tuneModel(
                model: model, task: task, recipe: recipe, seed: seed, wantsTexts: study.comparesTexts),
            title: "tune the model of \(name)", at: .answers(.tuned(name)))
        try addMetrics(study, of: .tuned(name))
    }

    private mutating func addMetrics(_ study: Study, of answerer: CellSlot.Answerer) throws {
        for (index, metric) in study.metrics.enumerated() {
            try add(
                .metric(metric.source), title: "\(metric.name) of \(answerer)",
                at: .metric(index, of: answerer),
                reading: [(.answers, .answers(answerer))])
        }
    }

    /// Adds the cell that plans a probe.
    mutating func addPlan(of probe: StudyProbe, _ outline: StudyOutline) throws {
        try add(
            .plan(probe: probe.source, outline: outline), title: "plan \(probe.name)",
            at: .plan(probe: probe.name))
    }

    /// Adds the cells of a probe that has been planned.
    mutating func addUnits(
        _ plan: ProbePlan, of probe: StudyProbe, _ outline: StudyOutline, _ sources: StudySources
    ) throws {
        for unit in plan.units {
            let prompts = outline.prompts.filter { unit.prompts.contains($0.name) }.map { prompt in
                let slot = PromptName(model: prompt.model, task: prompt.task, seed: prompt.seed)
                return (
                    CellInput.Role.tunedPrompt(
                        name: prompt.name, model: prompt.model, task: prompt.task, seed: prompt.seed),
                    CellSlot.prompt(slot)
                )
            }
            let measurements = unit.measurements.map { input in
                (
                    input.probe.map { .measurement(probe: $0, unit: input.unit) }
                        ?? CellInput.Role.ownMeasurement(unit: input.unit),
                    CellSlot.measurement(probe: input.probe ?? probe.name, unit: input.unit)
                )
            }
            try add(
                .measure(
                    probe: probe.source, unit: unit,
                    models: sources.models.filter { unit.models.contains($0.name) },
                    tasks: sources.tasks.filter { unit.tasks.contains($0.name) }),
                title: "measure \(probe.name): \(unit.id)",
                at: .measurement(probe: probe.name, unit: unit.id), reading: prompts + measurements)
        }
        try add(
            .conclude(probe: probe.source, units: plan.units), title: "conclude \(probe.name)",
            at: .conclusion(probe: probe.name),
            reading: plan.units.map {
                (.ownMeasurement(unit: $0.id), .measurement(probe: probe.name, unit: $0.id))
            })
    }
}
