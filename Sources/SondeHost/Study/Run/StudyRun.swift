import Foundation
import SondeSDK

/// Runs a study: finds out what there is to do, does it, and gathers the results.
public final class StudyRun {
    /// The study.
    public let study: Study
    private let store: Store
    private let run: GraphRun
    let sources: StudySources
    /// Probes that could not be planned, and what waits for them.
    private var unplanned: [CellFailure] = []

    /// Loads models and data and plans the probes; the rest waits for ``finish()``.
    /// - Throws: ``HostError`` with the place in the study file for what does not fit, and for what keeps a study from
    ///   being run at all.
    public init(
        _ study: Study, store: Store, options: RunOptions = RunOptions(),
        report: @escaping (RunEvent) -> Void = { _ in }
    ) throws {
        self.study = study
        self.store = store
        let crew = WorkerCrew(
            executable: options.executable, threads: options.threadsPerWorker, size: options.workers,
            limits: options.limits)
        sources = try StudySources(study, crew: crew)
        for warning in sources.warnings { report(.warning(warning)) }
        let host = CellRecord.Build(
            version: HostVersion.current, digest: try ContentDigest(ofFile: options.executable).description)
        let graph = try CellGraph(
            naming: CellNaming(host: host), store: store, acceptsBuilds: options.acceptsBuilds)
        run = GraphRun(graph, store: store, crew: crew, report: report)
        try addCells(report)
    }

    /// All cells in the order of their work, and whether there is anything left to do.
    public var cells: [(cell: Cell, isFinished: Bool)] {
        run.graph.nodes.map { ($0.cell, $0.isFinished) }
    }

    /// The same with what each reads.
    var nodes: [CellGraph.Node] { run.graph.nodes }

    /// Does all cells that are not finished.
    /// - Throws: ``HostError`` if the store cannot be written, or the user has asked to stop; a cell that fails is
    ///   among ``failures``.
    public func finish() throws { try run.finishAll() }

    /// How many cells have been done.
    public var doneCount: Int { run.doneCount }

    /// Cells that have failed or wait for one that has.
    public var failures: [CellFailure] {
        unplanned + run.failures.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The run's end if not every cell is finished, with the code of the first that has failed; `nil` if all are.
    public var failure: HostError? {
        guard let first = failures.first(where: { $0.blocker == nil }) else { return nil }
        return HostError(first.kind, "Not all is done: \(first.title) failed, and what reads it was skipped.")
    }

    /// What the finished cells ran on, each with the number of cells.
    func environments() throws -> [(environment: CellMaking.Environment, count: Int)] {
        let names = Set(run.graph.nodes.filter(\.isFinished).map(\.name)).sorted()
        let environments = try names.compactMap { try store.record(of: $0)?.made?.environment }
        return Dictionary(grouping: environments) { $0 }.map { ($0.key, $0.value.count) }
            .sorted { ($1.count, $0.environment.core) < ($0.count, $1.environment.core) }
    }

    /// What the finished cells have found.
    public func results() throws -> StudyResults {
        try StudyResults(study, sources: sources, folder: { self.run.results(of: $0) })
    }

    private func addCells(_ report: (RunEvent) -> Void) throws {
        var outline = try sources.outline(of: study)
        var plans: [(StudyProbe, ProbePlan, StudyOutline)] = []
        for probe in study.probes {
            guard let plan = try plan(probe, outline, report) else { continue }
            plans.append((probe, plan, outline))
            outline.probes.append(.init(name: probe.name, id: probe.source.id, units: plan.units))
        }
        try run.change { graph in
            try graph.addTuning(study, sources)
            for (probe, plan, outline) in plans { try graph.addUnits(plan, of: probe, outline, sources) }
        }
    }

    /// A probe's plan, or `nil` if it could not be made.
    private func plan(
        _ probe: StudyProbe, _ outline: StudyOutline, _ report: (RunEvent) -> Void
    ) throws -> ProbePlan? {
        try run.change { try $0.addPlan(of: probe, outline) }
        try run.finishAll()
        let slot = CellSlot.plan(probe: probe.name)
        let title = "plan \(probe.name)"
        if let folder = run.results(of: slot) {
            let units = try PlanResult(readFrom: folder).units
            do throws(HostError) {
                return try ProbePlan(units, of: probe.name, in: outline)
            } catch {
                let failure = CellFailure(
                    title: title, name: run.graph[slot]?.name ?? "", reason: error.sentence, kind: error.kind,
                    log: folder + "/" + CellFolder.logFile, blocker: nil)
                unplanned.append(failure)
                report(.failed(failure))
            }
        }
        unplanned.append(
            CellFailure(
                title: "conclude \(probe.name)", name: "",
                reason: "Skipped, because it reads '\(title)', which failed.",
                kind: .plugin, log: nil, blocker: title))
        return nil
    }
}
