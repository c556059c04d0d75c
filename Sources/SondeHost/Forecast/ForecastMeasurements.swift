import Foundation
import SondeJSON
import SondeSDK

/// What has been measured for a forecast, and what follows from it for each cell.
struct ForecastMeasurements {
    private struct Pair: Hashable {
        let model: String
        let task: String
    }

    private let nodes: [CellGraph.Node]
    private let store: Store
    private let options: RunOptions
    private let report: (RunEvent) -> Void
    private var calibrations: [Pair: Result<Calibration, UnknownEstimate>] = [:]
    /// The time of loading each model.
    private var loading: [String: WorkTime] = [:]
    private var position = 0

    init(
        _ nodes: [CellGraph.Node], store: Store, options: RunOptions, report: @escaping (RunEvent) -> Void
    ) {
        self.nodes = nodes
        self.store = store
        self.options = options
        self.report = report
    }

    /// Size of the largest checkpoint.
    var checkpointBytes: Int {
        calibrations.values.compactMap { try? $0.get().tuning?.checkpointBytes }.max() ?? 0
    }

    /// What the first worker holds when the first cell comes: the model that was described last.
    func readBefore(_ models: [ModelSource]) -> [Schedule.Reading] {
        guard let last = models.last?.name else { return [] }
        return [.loading([last], time: .zero)]
    }

    /// Tries a model on a task, if there are cells for which that is needed.
    mutating func calibrate(
        _ model: ModelSource, _ task: TaskSource, _ recipe: TuningRecipe?, seeds: [Int], wantsTexts: Bool,
        crew: WorkerCrew
    ) throws {
        let pair = Pair(model: model.name, task: task.name)
        guard Self.pairs(of: nodes).contains(pair) else { return }
        position += 1
        report(
            .trying("\(model.name) on \(task.name)", position: position, count: Self.pairs(of: nodes).count))
        let order = CalibrationOrder(
            model: model, task: task, recipe: recipe, seeds: recipe == nil ? [] : seeds,
            wantsTexts: wantsTexts, folder: folder(of: pair))
        let outcome = try crew.ask(.calibrate(order)) { _ in }
        switch outcome {
        case .done(let answer):
            let calibration = try JSONValue(parsing: answer).decoded(as: Calibration.self)
            calibrations[pair] = .success(calibration)
            // Only the first calibration of a worker loads the model.
            if calibration.loading.seconds > loading[model.name]?.seconds ?? 0 {
                loading[model.name] = calibration.loading
            }
        case .cancelled: throw HostError(.cancelled, "The plan was stopped.")
        case .failed, .lost:
            let sentence = outcome.failure?.sentence ?? ""
            calibrations[pair] = .failure(
                UnknownEstimate(reason: "'\(task.name)' was tried on '\(model.name)' and failed: \(sentence)")
            )
        }
    }

    /// What each cell takes; `nil` for those that are finished, or are the same as an earlier one.
    func estimates(of nodes: [CellGraph.Node]) throws -> [Result<CellEstimate, UnknownEstimate>?] {
        let earlier = try EarlierCells(store: store, threads: options.threadsPerWorker)
        let trials = CellTrials(nodes, store: store, options: options) { name in
            let pair = Pair(model: name.model, task: name.task)
            guard case .success = calibrations[pair] else { return nil }
            return StandInPrompts.folder(ofSeed: name.seed, in: folder(of: pair))
        }
        var seen: Set<String> = []
        return try nodes.indices.map { index in
            let node = nodes[index]
            guard seen.insert(node.name).inserted else { return nil }
            if node.isFinished { return try justDone(node).map { .success($0) } }
            let recordBytes = try node.cell.recordBytes
            let estimate =
                try byPasses(node.cell) ?? earlier.estimate(of: node.cell).map { .success($0) }
                ?? trials.estimate(index)
            return estimate.map { $0.adding(bytes: recordBytes) }
        }
    }

    /// What a cell has taken that had to be done to know the others; `nil` for those that were finished before.
    private func justDone(_ node: CellGraph.Node) throws -> CellEstimate? {
        guard store.hasOwn(node.name), let made = try store.record(of: node.name)?.made else { return nil }
        let bytes = FileSize.bytes(inFolder: store.folder(of: node.name).path)
        return CellEstimate(node.cell, made, bytes: bytes, basis: .trial)
    }

    /// The pairs of model and task of which there are evaluations or tunings to do.
    private static func pairs(of nodes: [CellGraph.Node]) -> Set<Pair> {
        Set(
            nodes.filter { !$0.isFinished }.compactMap { node in
                switch node.cell.work {
                case .evaluate(let model, let task, _, _), .tune(let model, let task, _, _),
                    .tuneModel(let model, let task, _, _, _):
                    Pair(model: model.name, task: task.name)
                default: nil
                }
            })
    }

    private func folder(of pair: Pair) -> String {
        store.folder.appending(path: "standins/\(pair.model)/\(pair.task)").path
    }

    /// The estimate of an evaluation or a tuning; `nil` for other cells.
    private func byPasses(_ cell: Cell) -> Result<CellEstimate, UnknownEstimate>? {
        switch cell.work {
        case .evaluate(let model, let task, _, _):
            calibrations[Pair(model: model.name, task: task.name)]?.map { calibration in
                let isPrompted = cell.inputs.contains { $0.role == .prompt }
                let cost =
                    isPrompted ? calibration.tuning?.answers ?? calibration.answers : calibration.answers
                return CellEstimate(
                    time: cost.time(rounds: 1),
                    readings: readings(model.name, task.name, "test", calibration.reading),
                    peakMemory: max(cost.peakMemory, calibration.loadingMemory),
                    bytes: calibration.answerBytes, basis: .passes)
            }
        case .tuneModel(let model, let task, _, _, _):
            calibrations[Pair(model: model.name, task: task.name)]?.flatMap { calibration in
                guard let tuning = calibration.tuning else {
                    return .failure(UnknownEstimate(reason: "'\(cell.title)' has no recipe."))
                }
                // The model is loaded for this cell alone, which changes it.
                return .success(
                    CellEstimate(
                        time: (loading[model.name] ?? .zero) + tuning.cost.time
                            + calibration.answers.time(rounds: 1),
                        readings: [], peakMemory: tuning.cost.peakMemory,
                        bytes: calibration.answerBytes + tuning.resultBytes, basis: .passes))
            }
        case .tune(let model, let task, _, _):
            calibrations[Pair(model: model.name, task: task.name)]?.flatMap { calibration in
                guard let tuning = calibration.tuning else {
                    return .failure(UnknownEstimate(reason: "'\(cell.title)' has no recipe."))
                }
                return .success(
                    CellEstimate(
                        time: tuning.cost.time,
                        readings: readings(model.name, task.name, "tuning", tuning.reading),
                        peakMemory: tuning.cost.peakMemory, bytes: tuning.resultBytes, basis: .passes))
            }
        default: nil
        }
    }

    /// A model, and rows for it.
    private func readings(
        _ model: String, _ task: String, _ rows: String, _ time: WorkTime
    ) -> [Schedule.Reading] {
        [
            .loading([model], time: loading[model] ?? .zero),
            .init(name: "\(rows) rows of \(model)/\(task)", models: [model], time: time),
        ]
    }
}

extension CellEstimate {
    fileprivate func adding(bytes more: Int) -> Self {
        var estimate = self
        estimate.bytes += more
        return estimate
    }
}

extension Cell {
    /// Size of the record that it will have.
    fileprivate var recordBytes: Int {
        get throws {
            var record = record
            record.made = CellMaking(threads: 1, time: .zero, reading: .zero)
            return try JSONValue(encoding: record).text(indented: true).utf8.count
        }
    }
}
