import SondeJSON
import SondeSDK

extension Study {
    /// Checks a study file against the plugins that there are.
    ///
    /// - Throws: ``HostError`` with file, line and column for the first component, option, type, range, file or need
    ///   that does not fit.
    public init(_ file: StudyFile, registry: Registry) throws {
        let check = StudyCheck(file: file, registry: registry)
        self.file = file
        models = try file.models.map(check.model)
        tasks = try file.tasks.map(check.task)
        metrics = try file.metrics.map(check.metric)
        probes = try file.probes.map(check.probe)
        try check.refuseTwins(metrics)
        try check.refuseCutTexts(of: tasks, metrics)
    }
}

/// Compares a study file with a registry.
private struct StudyCheck {
    let file: StudyFile
    let registry: Registry

    func model(_ entry: ModelEntry) throws -> StudyModel {
        let directory = file.absolute(entry.path)
        let found = try at(entry.pathPlace) { try registry.modelDescription(forDirectory: directory) }
        let component = try source(
            found, options: try entry.options?.entries("the options of model '\(entry.name)'") ?? [],
            at: entry.place, owner: "model '\(entry.name)' (\(found.facts.id))")
        if file.tuning != nil { try require(.gradient, of: found, at: entry.place, by: "tuning") }
        for probe in file.probes {
            let needs = try at(probe.idPlace) { try registry.description(.probe, probe.id).facts.needs }
            for need in needs { try require(need, of: found, at: entry.place, by: "probe '\(probe.name)'") }
        }
        for metric in file.metrics {
            let facts = try at(metric.idPlace) { try registry.description(.metric, metric.id).facts }
            guard facts.comparesTexts else { continue }
            try require(
                .generation, of: found, at: entry.place,
                by: "metric '\(metric.name)', which compares what is said,")
        }
        let settings = try at(entry.pathPlace) {
            try ContentDigest(ofFolder: directory) { name in
                [".json", ".txt", ".model"].contains { name.hasSuffix($0) }
            }
        }
        return StudyModel(
            source: ModelSource(
                name: entry.name, component: component, directory: directory,
                settingsDigest: settings.description),
            place: entry.place)
    }

    func task(_ entry: TaskEntry) throws -> StudyTask {
        let found = try at(entry.datasetPlace) { try registry.description(.dataset, entry.dataset) }
        let dataset = try source(
            found, options: try entry.options?.entries("the options of task '\(entry.name)'") ?? [],
            at: entry.place, owner: "dataset '\(entry.dataset)'")
        let known = ModelCard.Architecture.allCases.map(\.rawValue) + registry.modelTypes
        for variant in entry.variants where !known.contains(variant.name) {
            throw variant.place.error(
                "a variant is for an architecture or a type of models, not '\(variant.name)'"
                    + StudyNode.hint(variant.name, known))
        }
        return StudyTask(entry: entry, dataset: dataset, recipe: try recipe(of: entry))
    }

    func metric(_ entry: ComponentEntry) throws -> StudyMetric {
        let found = try at(entry.idPlace) { try registry.description(.metric, entry.id) }
        let source = try source(
            found, options: entry.options, at: entry.place, owner: "metric '\(entry.id)'")
        return StudyMetric(
            source: source, name: entry.name,
            higherIsBetter: found.facts.descriptor["higher_is_better"]?.boolValue ?? true,
            comparesTexts: found.facts.comparesTexts,
            isProportion: found.facts.descriptor["proportion"]?.boolValue ?? false)
    }

    func probe(_ entry: ComponentEntry) throws -> StudyProbe {
        let found = try at(entry.idPlace) { try registry.description(.probe, entry.id) }
        return StudyProbe(
            name: entry.name,
            source: try source(
                found, options: entry.options, at: entry.place, owner: "probe '\(entry.id)'"))
    }

    /// A metric that compares texts needs them whole.
    func refuseCutTexts(of tasks: [StudyTask], _ metrics: [StudyMetric]) throws {
        guard let metric = metrics.first(where: \.comparesTexts),
            let task = tasks.first(where: { $0.entry.definition.scoring == .firstToken })
        else { return }
        throw task.entry.place.error(
            "metric '\(metric.name)' compares whole answers, of which task '\(task.name)' scores the first token alone"
        )
    }

    /// Two metrics with the same options would have the same name and the same numbers.
    func refuseTwins(_ metrics: [StudyMetric]) throws {
        for (index, metric) in metrics.enumerated()
        where metrics[..<index].contains(where: { $0.source == metric.source }) {
            throw file.metrics[index].place.error("the metric '\(metric.name)' stands twice")
        }
    }

    /// The study's recipe with what the task has of its own.
    private func recipe(of entry: TaskEntry) throws -> TuningRecipe? {
        guard let common = file.tuning else {
            if let own = entry.tuning {
                throw own.place.error(
                    "task '\(entry.name)' has a 'tuning' of its own, but the study has none; add one with 'seeds'"
                )
            }
            return nil
        }
        let own = try entry.tuning?.entries("'tuning' of task '\(entry.name)'") ?? []
        let shared = try common.entries("'tuning'").filter { entry in !own.contains { $0.name == entry.name }
        }
        let place = entry.tuning?.place ?? common.place
        let options = try ComponentOptions(
            shared + own, at: place, declarations: TuningRecipe.options.declarations, owner: "tuning",
            resolve: file.absolute)
        return try at(place) { try TuningRecipe(options.values) }
    }

    private func source(
        _ found: DescribedComponent, options: [StudyNode.Entry], at place: StudyPlace, owner: String
    ) throws -> ComponentSource {
        let checked = try ComponentOptions(
            options, at: place, declarations: found.facts.declarations, owner: owner, resolve: file.absolute)
        return ComponentSource(
            plugin: PluginBuild(found.plugin), kind: found.facts.kind, id: found.facts.id,
            optionsText: JSONValue.object(checked.values).text(),
            identity: ["id": .string(found.facts.id), "options": .object(checked.identity)])
    }

    private func require(
        _ need: Capability, of model: DescribedComponent, at place: StudyPlace, by user: String
    ) throws {
        let capabilities = (model.facts.descriptor["capabilities"]?.arrayValue ?? []).compactMap(
            \.stringValue)
        guard capabilities.contains(need.rawValue) else {
            throw place.error(
                "\(user) needs the capability '\(need.rawValue)', which models of '\(model.facts.id)' do not have"
            )
        }
    }

    private func at<Value>(_ place: StudyPlace, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw place.error(error) }
    }
}

extension ComponentFacts {
    /// What a probe needs of a model.
    fileprivate var needs: [Capability] {
        (descriptor["needs"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap(Capability.init) }
    }

    /// Whether a metric compares texts rather than labels.
    fileprivate var comparesTexts: Bool { descriptor["compares"]?.stringValue == "texts" }
}
