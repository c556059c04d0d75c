public import SondeHost
import SondeSDK

/// Measures a model plugin, loaded as users get it, against the matrix product rate of the machine.
public struct Benchmark {
    private let directory: String
    private let repeats: Int
    private let runtime: HostRuntime
    private let registry: Registry

    /// A benchmark of the checkpoint in `directory`, whose measurements are repeated and their medians taken.
    public init(directory: String, repeats: Int, runtime: HostRuntime, registry: Registry) {
        self.directory = directory
        self.repeats = repeats
        self.runtime = runtime
        self.registry = registry
    }

    /// Loads the model and measures.
    /// - Throws: ``HostError`` and what the plugin throws.
    public func run() throws -> BenchmarkReport {
        var loaded: (any Model)?
        let loading = try Elapsed.of { loaded = try registry.makeModel(directory: directory) }
        guard let model = loaded else { throw HostError(.internal, "No model was loaded.") }
        let shape = try ModelShape(of: model, directory: directory)
        let workload = Workload(vocabulary: shape.vocabulary, width: shape.width)
        let reference = ReferenceProduct()
        let tasks = try tasks(model, workload)
        for task in tasks { try task.run() }
        _ = reference.elapsed()
        var series = tasks.map { _ in Series() }
        try measure(&series, reference) {
            try tasks[$0].run()
        } into: {
            $0.passes.append($1)
        }
        // Before the bare products, whose memory is not the model's.
        let peakMemory = ProcessMemory.peak
        let operations = tasks.map { PassOperations(shape, $0.batch, withGradient: $0.hasGradient) }
        let bare = operations.map { BareProducts($0.products, on: runtime) }
        for products in bare { _ = products.elapsed() }
        measure(&series, reference) {
            _ = bare[$0].elapsed()
        } into: {
            $0.bare.append($1)
        }
        return BenchmarkReport(
            shape: shape, loadSeconds: loading.wall,
            operations: tasks.indices.map { index in
                MeasuredOperation(
                    tasks[index].name, tasks[index].batch, useful: operations[index].useful,
                    series: series[index])
            },
            references: series.flatMap(\.references), peakMemory: peakMemory, repeats: repeats)
    }

    /// Takes turns between the operations, with the reference product before each, so that a slow while hits all.
    private func measure<Failure: Error>(
        _ series: inout [Series], _ reference: ReferenceProduct, _ body: (Int) throws(Failure) -> Void,
        into keep: (inout Series, Elapsed) -> Void
    ) throws(Failure) {
        for _ in 0..<repeats {
            for index in series.indices {
                series[index].references.append(reference.elapsed())
                let elapsed = try Elapsed.of { () throws(Failure) in try body(index) }
                keep(&series[index], elapsed)
            }
        }
    }
}

extension Benchmark {
    /// Something to measure.
    private struct Task {
        let name: String
        let batch: BatchShape
        let hasGradient: Bool
        let run: () throws -> Void
    }

    private func tasks(_ model: any Model, _ workload: Workload) throws -> [Task] {
        let prompt = try model.prepare(workload.prompt)
        let step = Pass(
            rows: workload.rows, prompts: [prompt], scoring: nil, loss: .language, wantsPromptGradient: true)
        let evaluation = Pass(rows: workload.rows, prompts: [prompt], scoring: .sequence)
        func shape(ofStep isStep: Bool) -> BatchShape {
            BatchShape(
                workload.rows, promptRows: Workload.promptRows, isPromptKnown: !isStep,
                scoresLabelsOnly: isStep)
        }
        return [
            Task(name: "tuning step", batch: shape(ofStep: true), hasGradient: true) {
                let result = try model.run(step)
                guard result.promptGradients.first?.contains(where: { $0 != 0 }) == true else {
                    throw HostError.plugin("The model gave no gradient for a pass that asked for one.")
                }
            },
            Task(name: "evaluation", batch: shape(ofStep: false), hasGradient: false) {
                guard try model.run(evaluation).candidateScores.first?.count == workload.rows.candidates.count
                else { throw HostError.plugin("The model did not score every candidate.") }
            },
        ]
    }
}
