import Foundation
import SondeJSON

/// Does the cells of a graph that are not finished: each in a worker, after those that it reads.
final class GraphRun {
    private let store: Store
    private let crew: WorkerCrew
    private let report: (RunEvent) -> Void
    private(set) var graph: CellGraph
    /// Failed and skipped cells by their index.
    private(set) var failures: [Int: CellFailure] = [:]
    /// How many cells have been done.
    private(set) var doneCount = 0
    private var underWay: [Int: (folder: CellFolder, start: ContinuousClock.Instant)] = [:]
    private var position = 0

    init(_ graph: CellGraph, store: Store, crew: WorkerCrew, report: @escaping (RunEvent) -> Void) {
        self.graph = graph
        self.store = store
        self.crew = crew
        self.report = report
    }

    /// Changes the graph between two rounds of work.
    func change(_ body: (inout CellGraph) throws -> Void) rethrows { try body(&graph) }

    /// Does everything that can be done now.
    /// - Throws: ``HostError`` if the store cannot be written, or the user has asked to stop.
    func finishAll() throws {
        let pending = graph.nodes.indices.filter { isOpen($0) }
        position = 0
        try crew.run(
            next: { try nextJob(of: pending.count) },
            hear: { index, event in tell(event, of: graph.nodes[index].cell) },
            finish: { index, outcome in try finish(index, outcome) })
        if Interruption.count > 0 {
            throw HostError(
                .cancelled, "The run was stopped; run it again to go on where it was.")
        }
    }

    /// Where a cell's results are, if it is finished.
    func results(of slot: CellSlot) -> String? {
        graph[slot].flatMap { $0.isFinished ? store.folder(of: $0.name).path : nil }
    }

    private func isOpen(_ index: Int) -> Bool { !graph.nodes[index].isFinished && failures[index] == nil }

    private func nextJob(of count: Int) throws -> WorkerCrew.Job? {
        skipBlocked()
        try takeTwins()
        let names = underWay.keys.map { graph.nodes[$0].cell.name }
        let ready = graph.nodes.indices.first { index in
            isOpen(index) && !names.contains(graph.nodes[index].cell.name)
                && graph.nodes[index].inputs.allSatisfy { graph.nodes[$0].isFinished }
        }
        guard let index = ready else { return nil }
        let cell = graph.nodes[index].cell
        let folder = try CellFolder(for: cell, in: store)
        underWay[index] = (folder, .now)
        position += 1
        report(.began(cell, position: position, count: count))
        let inputs = cell.inputs.map { ResultFolder(role: $0.role, path: store.folder(of: $0.cell).path) }
        return WorkerCrew.Job(id: index, request: .cell(cell.work, inputs: inputs, folder: folder.path))
    }

    /// Takes note of cells whose results another place of the study has just made: two tasks may be the same by content.
    private func takeTwins() throws {
        for index in graph.nodes.indices where isOpen(index) && underWay[index] == nil {
            if try store.has(graph.nodes[index].cell) { graph.finish(index) }
        }
    }

    /// Takes note of cells that wait for a failed one.
    private func skipBlocked() {
        for index in graph.nodes.indices where isOpen(index) {
            guard let failed = graph.nodes[index].inputs.compactMap({ failures[$0] }).first else { continue }
            let cell = graph.nodes[index].cell
            let blocker = failed.blocker ?? failed.title
            failures[index] = CellFailure(
                title: cell.title, name: cell.name,
                reason: "Skipped, because it reads '\(blocker)', which failed.",
                kind: failed.kind, log: nil, blocker: blocker)
        }
    }

    private func tell(_ event: WorkerEvent, of cell: Cell) {
        switch event {
        case .progress(let fraction, let activity):
            report(.progress(cell, fraction: fraction, activity: activity))
        case .tuning(let event): report(.tuning(cell, event))
        case .warning(let sentence): report(.warning("\(cell.title): \(sentence)"))
        case .calling, .done, .failed: break
        }
    }

    private func finish(_ index: Int, _ outcome: JobOutcome) throws {
        let cell = graph.nodes[index].cell
        guard let (folder, start) = underWay.removeValue(forKey: index) else { return }
        guard let failure = outcome.failure else {
            var record = cell.record
            if case .done(let answer) = outcome {
                record.made = try JSONValue(parsing: answer).decoded(as: CellMaking.self)
            }
            try folder.finish(record)
            graph.finish(index)
            doneCount += 1
            report(.finished(cell, seconds: (ContinuousClock.now - start) / .seconds(1)))
            return
        }
        if failure.kind == .cancelled { return }
        // What keeps one cell from being written keeps all others from it.
        if failure.kind == .inputOutput, failure.sentence.contains(folder.path) { throw failure }
        let record = CellFailure(
            title: cell.title, name: cell.name, reason: failure.sentence, kind: failure.kind, log: folder.log,
            blocker: nil)
        failures[index] = record
        report(.failed(record))
    }
}
