public import Foundation
import SondeJSON
import SondeSDK

/// What a run of a study would take, before it is run.
///
/// Models are tried on rows of their tasks, and probes on prompts of one step, in a scratch store; the study's own store
/// is read and left as it is.
public struct StudyForecast: Sendable {
    /// A cell of the study.
    struct Entry: Sendable {
        let cell: Cell
        /// Whether there is nothing left to do.
        let isFinished: Bool
        /// `nil` if it is finished.
        let estimate: Result<CellEstimate, UnknownEstimate>?
        /// With what its worker has to read for it.
        let time: WorkTime
        /// The most memory of its worker, with what that has kept of cells before.
        let peakMemory: Int
    }

    let study: String
    let workers: Int
    let threads: Int
    let entries: [Entry]
    /// Seconds to load models and open datasets before the first cell.
    let preparation: Double
    /// Seconds from the first cell to the last one.
    let seconds: Double
    /// Size of the checkpoints of the largest prompts, one a worker.
    let checkpointBytes: Int
    /// Whether a tuning may stop early.
    let hasPatience: Bool
    /// Probes that cannot be planned.
    let failures: [CellFailure]
    /// The memory that there is, in bytes.
    let machineMemory: Int?

    /// Measures, and multiplies.
    /// - Parameter store: the folder of the study's store; there need not be one.
    /// - Throws: ``HostError`` for what keeps a study from being run at all, or if the user has asked to stop.
    public init(
        _ study: Study, store: URL, options: RunOptions, report: @escaping (RunEvent) -> Void = { _ in }
    ) throws {
        let scratch = try Store.scratch(over: store)
        let start = ContinuousClock.now
        let (nodes, sources, failures) = try Self.prepare(study, scratch, options, report)
        let elapsed = start.duration(to: .now) / .seconds(1)
        let measurements = try Self.measure(study, nodes, sources, scratch, options, report)
        let estimates = try measurements.estimates(of: nodes)
        let schedule = Schedule(
            zip(nodes, estimates).map { node, estimate in estimate.map { Self.item(node, $0) } },
            workers: options.workers, held: measurements.readBefore(sources.models))
        entries = nodes.indices.map { index in
            Entry(
                cell: nodes[index].cell, isFinished: estimates[index] == nil, estimate: estimates[index],
                time: schedule.times[index], peakMemory: schedule.peaks[index])
        }
        let planning = entries.filter { $0.cell.kind == .plan }.reduce(0) { $0 + $1.time.seconds }
        preparation = max(0, elapsed - planning)
        self.study = study.name
        (workers, threads, seconds) = (options.workers, options.threadsPerWorker, schedule.seconds)
        self.failures = failures
        checkpointBytes = measurements.checkpointBytes * options.workers
        hasPatience = sources.hasPatience
        machineMemory = MachineMemory.bytes
    }

    /// The cells that there are; the workers that have planned the probes are gone afterwards.
    private static func prepare(
        _ study: Study, _ store: Store, _ options: RunOptions, _ report: @escaping (RunEvent) -> Void
    ) throws -> ([CellGraph.Node], StudySources, [CellFailure]) {
        let run = try StudyRun(study, store: store, options: options, report: report)
        return (run.nodes, run.sources, run.failures)
    }

    private static func measure(
        _ study: Study, _ nodes: [CellGraph.Node], _ sources: StudySources, _ store: Store,
        _ options: RunOptions, _ report: @escaping (RunEvent) -> Void
    ) throws -> ForecastMeasurements {
        var measurements = ForecastMeasurements(nodes, store: store, options: options, report: report)
        for model in sources.models {
            // A worker of its own, so that its memory is that of one model.
            let crew = WorkerCrew(
                executable: options.executable, threads: options.threadsPerWorker, size: 1,
                limits: options.limits)
            for (task, recipe) in zip(sources.tasks, sources.recipes(on: model)) {
                try measurements.calibrate(
                    model, task, recipe, seeds: study.seeds, wantsTexts: study.comparesTexts, crew: crew)
            }
        }
        return measurements
    }

    /// A cell for the schedule; one of which nothing is known takes no time there.
    private static func item(
        _ node: CellGraph.Node, _ estimate: Result<CellEstimate, UnknownEstimate>
    ) -> Schedule.Item {
        let known = try? estimate.get()
        return Schedule.Item(
            time: known?.time ?? .zero, readings: known?.readings ?? [],
            models: Set(node.cell.work.models.map(\.name)), peakMemory: known?.peakMemory ?? 0,
            inputs: node.inputs)
    }
}
