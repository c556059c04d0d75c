import Foundation
import SondeJSON

/// Does cells in a scratch store, with stand-ins for what they read, to see what they take.
///
/// Of cells that are alike one is done. One that takes too long is judged by the progress that it has told.
final class CellTrials {
    /// How long a cell is waited for at most.
    private static let longest = Duration.seconds(60)

    private struct Trial {
        let estimate: CellEstimate
        /// Where its results are; `nil` if it was not waited for.
        let folder: String?
    }

    private let nodes: [CellGraph.Node]
    private let store: Store
    private let crew: WorkerCrew
    private let limit: Duration
    /// The prompts that stand in for those that are not tuned yet.
    private let prompts: (PromptName) -> String?
    private var trials: [CellSignature: Result<Trial, UnknownEstimate>] = [:]

    init(
        _ nodes: [CellGraph.Node], store: Store, options: RunOptions,
        prompts: @escaping (PromptName) -> String?
    ) {
        self.nodes = nodes
        self.store = store
        self.prompts = prompts
        limit = min(options.limits.cell ?? Self.longest, Self.longest)
        crew = WorkerCrew(
            executable: options.executable, threads: options.threadsPerWorker, size: 1,
            limits: WorkerLimits(silence: options.limits.silence, cell: limit))
    }

    /// What a cell takes that is no matter of passes.
    /// - Throws: ``HostError`` if the user has asked to stop.
    func estimate(_ index: Int) throws -> Result<CellEstimate, UnknownEstimate> {
        try trial(index).map(\.estimate)
    }

    private func trial(_ index: Int) throws -> Result<Trial, UnknownEstimate> {
        let signature = try CellSignature(nodes[index].cell.record, task: task(ofAnswers: index))
        if let known = trials[signature] { return known }
        let outcome: Result<Trial, UnknownEstimate>
        do {
            outcome = .success(try perform(nodes[index].cell, inputs: inputs(of: index)))
        } catch let unknown as UnknownEstimate {
            outcome = .failure(unknown)
        }
        trials[signature] = outcome
        return outcome
    }

    private func perform(_ cell: Cell, inputs: [ResultFolder]) throws -> Trial {
        let folder = store.folder.appending(path: "trials/\(cell.name)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let start = ContinuousClock.now
        var progress: (fraction: Double, seconds: Double)?
        let request = WorkerRequest.cell(cell.work, inputs: inputs, folder: folder)
        let outcome = try crew.ask(request) { event in
            guard case .progress(let fraction, _) = event, fraction > 0 else { return }
            progress = (fraction, start.duration(to: .now) / .seconds(1))
        }
        switch outcome {
        case .done(let answer):
            let made = try JSONValue(parsing: answer).decoded(as: CellMaking.self)
            let bytes = FileSize.bytes(inFolder: folder)
            return Trial(estimate: CellEstimate(cell, made, bytes: bytes, basis: .trial), folder: folder)
        case .cancelled: throw HostError(.cancelled, "The plan was stopped.")
        case .lost(.hung(.tooLong), _, _):
            guard let progress else {
                throw UnknownEstimate(
                    reason:
                        "'\(cell.title)' was tried for \(limit.components.seconds) s and told no progress."
                )
            }
            let seconds = progress.seconds / progress.fraction
            let time = WorkTime(seconds: seconds, processorSeconds: seconds)
            return Trial(
                estimate: CellEstimate(time: time, readings: [], peakMemory: nil, bytes: 0, basis: .trial),
                folder: nil)
        case .failed, .lost:
            throw UnknownEstimate(
                reason: "'\(cell.title)' was tried and failed: \(outcome.failure?.sentence ?? "")")
        }
    }

    /// Where the results are that a cell reads: its inputs' own, or stand-ins.
    private func inputs(of index: Int) throws -> [ResultFolder] {
        let cell = nodes[index].cell
        return try zip(cell.inputs, nodes[index].inputs).map { input, source in
            ResultFolder(role: input.role, path: try folder(of: source))
        }
    }

    private func folder(of index: Int) throws -> String {
        let node = nodes[index]
        if node.isFinished { return store.folder(of: node.name).path }
        switch node.cell.work {
        case .tune(let model, let task, _, let seed):
            let name = PromptName(model: model.name, task: task.name, seed: seed)
            guard let folder = prompts(name) else {
                throw UnknownEstimate(reason: "there is nothing to stand in for the prompt \(name).")
            }
            return folder
        case .evaluate(_, let task, _, _): return try folder(ofAnswersTo: task)
        default:
            guard let folder = try trial(index).get().folder else {
                throw UnknownEstimate(
                    reason: "'\(node.cell.title)', which it reads, takes too long to be tried.")
            }
            return folder
        }
    }

    /// As many answers of the same task stand in for those of a model: those by the most frequent label.
    private func folder(ofAnswersTo task: TaskSource) throws -> String {
        let index = nodes.firstIndex { if case .majority(task, _) = $0.cell.work { true } else { false } }
        guard let index else {
            throw UnknownEstimate(reason: "there is nothing to stand in for answers to '\(task.name)'.")
        }
        return try folder(of: index)
    }

    /// The task whose answers a metric judges.
    private func task(ofAnswers index: Int) -> String? {
        guard [.metric, .compare].contains(nodes[index].cell.kind), let input = nodes[index].inputs.first
        else { return nil }
        switch nodes[input].cell.work {
        case .majority(let task, _), .evaluate(_, let task, _, _): return task.name
        default: return nil
        }
    }
}

extension CellEstimate {
    /// What a cell takes, by how one like it was made.
    init(_ cell: Cell, _ made: CellMaking, bytes: Int, basis: Basis) {
        let models = Set(cell.work.models.map(\.name))
        self.init(
            time: made.time - made.reading,
            readings: models.isEmpty ? [] : [.loading(models, time: made.reading)],
            peakMemory: made.peakMemory, bytes: bytes, basis: basis)
    }
}

extension Schedule.Reading {
    /// Loading models.
    static func loading(_ models: Set<String>, time: WorkTime) -> Self {
        Self(name: "models " + models.sorted().joined(separator: ", "), models: models, time: time)
    }
}
