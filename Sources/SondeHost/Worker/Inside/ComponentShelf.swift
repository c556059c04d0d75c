import SondeJSON
import SondeSDK

/// Instances of components that a worker has made, kept as long as its cells use them.
final class ComponentShelf {
    private struct DatasetKey: Hashable {
        let source: ComponentSource
        let sampling: RowSampling?
    }

    private struct TaskKey: Hashable {
        let task: TaskSource
        let model: ModelSource
        let promptRows: Int
    }

    private let host: any PluginHost
    private let channel: EventChannel
    private var libraries: [String: ImportedEntry] = [:]
    /// By their sources without a digest, which is not known before a model is loaded.
    private var models: [ModelSource: any Model] = [:]
    private var datasets: [DatasetKey: any Dataset] = [:]
    private var tasks: [TaskKey: EncodedTask] = [:]
    private var loading = WorkTime.zero

    init(host: any PluginHost, channel: EventChannel) {
        self.host = host
        self.channel = channel
    }

    /// The time in which libraries and models were loaded, and the rows encoded that are there.
    var reading: WorkTime { tasks.values.reduce(loading) { $0 + $1.encodingTime } }

    /// Drops what a cell does not use; one without models, or without data, leaves those that are there to the next.
    func prepare(for work: CellWork) {
        if !work.models.isEmpty { keepOnly(work.models) }
        let used = work.components.filter { $0.kind == .dataset }
        if !used.isEmpty { datasets = datasets.filter { used.contains($0.key.source) } }
    }

    /// Drops all models but these, with their rows.
    func keepOnly(_ used: [ModelSource]) {
        let kept = used.map(\.withoutDigest)
        tasks = tasks.filter { kept.contains($0.key.model.withoutDigest) }
        models = models.filter { kept.contains($0.key) }
    }

    /// Drops a model that is about to be changed, with its rows.
    func remove(_ source: ModelSource) {
        keepOnly(models.keys.filter { $0 != source.withoutDigest })
    }

    /// A loaded model.
    func model(_ source: ModelSource) throws -> any Model {
        let model = try models[source.withoutDigest] ?? load(source)
        if let known = source.weightsDigest, try model.card.digest != known {
            throw HostError.data(
                "\(source.directory): the weights have changed since the study began; run it again.")
        }
        return model
    }

    private func load(_ source: ModelSource) throws -> any Model {
        announce(source.component, "loading the model '\(source.name)'")
        let component = try component(source.component)
        let (model, time) = try WorkTime.measured {
            try component.makeModel(directory: source.directory, options: source.component.options())
        }
        models[source.withoutDigest] = model
        loading += time
        return model
    }

    /// An open dataset, or the examples of it that are drawn.
    func dataset(_ source: ComponentSource, _ sampling: RowSampling?) throws -> any Dataset {
        let key = DatasetKey(source: source, sampling: sampling)
        if let dataset = datasets[key] { return dataset }
        let dataset: any Dataset
        if let sampling {
            dataset = try SampledDataset(self.dataset(source, nil), sampling: sampling)
        } else {
            announce(source, "reading the data")
            dataset = try component(source).makeDataset(options: source.options())
        }
        datasets[key] = dataset
        return dataset
    }

    /// A task's rows as a model reads them.
    func task(_ source: TaskSource, on model: ModelSource, promptRows: Int) throws -> EncodedTask {
        let key = TaskKey(task: source, model: model, promptRows: promptRows)
        if let task = tasks[key] { return task }
        let dataset = try dataset(source.dataset, source.sampling)
        guard try dataset.description().digest == source.description.digest else {
            throw HostError.data(
                "The data of task '\(source.name)' have changed since the study began; run it again.")
        }
        let task = try EncodedTask(
            source.definition, dataset: dataset, model: try self.model(model), promptRows: promptRows)
        tasks[key] = task
        return task
    }

    /// A new probe.
    func probe(_ source: ComponentSource) throws -> any Probe {
        try component(source).makeProbe(options: source.options())
    }

    /// A new metric, and what its plugin says of it.
    func judge(_ source: ComponentSource) throws -> Judge {
        let component = try component(source)
        return Judge(
            id: source.id, metric: try component.makeMetric(options: source.options()),
            comparesTexts: component.descriptor["compares"]?.stringValue == "texts",
            isProportion: component.descriptor["proportion"]?.boolValue ?? false, host: host)
    }

    /// Tells the run which plugin is about to be called, in case it does not return.
    func announce(_ source: ComponentSource, _ activity: String) {
        channel.send(.calling(plugin: source.plugin.id, activity: activity))
    }

    private func component(_ source: ComponentSource) throws -> ImportedComponent {
        let entry = try library(source.plugin)
        guard let component = entry.components.first(where: { $0.kind == source.kind && $0.id == source.id })
        else {
            throw HostError.plugin(
                "\(source.plugin.file): the library no longer brings the \(source.kind) '\(source.id)'.")
        }
        return component
    }

    private func library(_ plugin: PluginBuild) throws -> ImportedEntry {
        if let entry = libraries[plugin.file] { return entry }
        let (entry, time) = try WorkTime.measured { try open(plugin) }
        libraries[plugin.file] = entry
        loading += time
        return entry
    }

    private func open(_ plugin: PluginBuild) throws -> ImportedEntry {
        channel.send(.calling(plugin: plugin.id, activity: "opening the library"))
        guard try ContentDigest(ofFile: plugin.file).description == plugin.digest else {
            throw HostError.plugin(
                "\(plugin.file): the library has changed since the study began; run it again.")
        }
        do throws(PluginRefusal) {
            return try PluginLibrary.open(plugin.file, for: host)
        } catch {
            throw HostError.plugin("\(plugin.file): \(error).")
        }
    }
}
