import SondeJSON
import SondeSDK

/// Does what a worker is asked to.
final class CellExecutor {
    let host: any PluginHost
    let channel: EventChannel
    let shelf: ComponentShelf

    init(host: any PluginHost, channel: EventChannel) {
        self.host = host
        self.channel = channel
        shelf = ComponentShelf(host: host, channel: channel)
    }

    /// The answer to a request; that to a cell is how it came about, for its results are files.
    func answer(_ request: WorkerRequest) throws -> JSONValue {
        switch request {
        case .describeModel(let source):
            shelf.keepOnly([source])
            return try JSONValue(encoding: shelf.model(source).card)
        case .describeDataset(let source, let sampling):
            return try JSONValue(encoding: shelf.dataset(source, sampling).description())
        case .compareSplits(let task):
            return try JSONValue(encoding: sharedRows(of: task))
        case .encodeCandidates(let task, let model):
            try shelf.task(task, on: model, promptRows: 0).encodeCandidates()
            return .null
        case .cell(let work, let inputs, let folder):
            let log = try CellLog(folder + "/" + CellFolder.logFile)
            defer { withExtendedLifetime(log) {} }
            shelf.prepare(for: work)
            let before = shelf.reading
            PeakMemory.reset()
            do {
                let (_, time) = try WorkTime.measured { try execute(work, inputs: inputs, folder: folder) }
                return try JSONValue(
                    encoding: CellMaking(
                        threads: host.threadBudget, time: time, reading: shelf.reading - before))
            } catch {
                CellLog.add("error: \(HostError(error).sentence)")
                throw error
            }
        case .calibrate(let order):
            shelf.keepOnly([order.model])
            shelf.announce(order.model.component, "trying '\(order.task.name)' on '\(order.model.name)'")
            return try JSONValue(encoding: Calibrator(order: order, shelf: shelf, host: host).run())
        case .cancel: return .null
        }
    }

    private func execute(_ work: CellWork, inputs: [ResultFolder], folder: String) throws {
        switch work {
        case .plan(let probe, let outline):
            shelf.announce(probe, "planning")
            let units = try shelf.probe(probe).plan(outline)
            try PlanResult(units: units).write(to: folder)
        case .majority(let task, let wantsTexts):
            try majority(task, wantsTexts: wantsTexts).write(to: folder)
        case .evaluate(let model, let task, let promptRows, let wantsTexts):
            let prompt = inputs.first { $0.role == .prompt }
            try evaluate(
                model, task, promptRows: promptRows, prompt: prompt?.path, wantsTexts: wantsTexts
            ).write(to: folder)
        case .tune(let model, let task, let recipe, let seed):
            try tune(model, task, recipe: recipe, seed: seed, folder: folder)
        case .tuneModel(let model, let task, let recipe, let seed, let wantsTexts):
            try tuneModel(model, task, recipe: recipe, seed: seed, wantsTexts: wantsTexts, folder: folder)
        case .metric(let metric): try judge(metric, inputs: inputs).write(to: folder)
        case .compare(let metric): try compare(metric, inputs: inputs).write(to: folder)
        case .measure(let probe, let unit, let models, let tasks):
            let services = CellServices(
                shelf: shelf, probe: probe, unit: unit, models: models, tasks: tasks, inputs: inputs)
            let instance = try shelf.probe(probe)
            shelf.announce(probe, "measuring '\(unit.id)'")
            try MeasurementResult(try instance.measure(unit, with: services)).write(to: folder)
        case .conclude(let probe, let units):
            let services = CellServices(
                shelf: shelf, probe: probe, unit: nil, models: [], tasks: [], inputs: inputs)
            let instance = try shelf.probe(probe)
            shelf.announce(probe, "concluding")
            try FindingsResult(findings: try instance.conclude(units, with: services)).write(to: folder)
        }
    }
}
