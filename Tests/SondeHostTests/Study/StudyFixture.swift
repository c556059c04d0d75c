import Foundation
import SondeHost
import SondeSDK
import Synchronization
import TestSupport

/// A small study on the sample model, in a temporary folder, with the bundled plugins.
final class StudyFixture {
    let folder: TemporaryFolder
    private let environment: [String: String]
    private var stores: [String: Store] = [:]

    /// A task of few rows from the sample data.
    init() throws {
        folder = try TemporaryFolder()
        environment = ["XDG_CACHE_HOME": folder.path("cache"), "XDG_DATA_HOME": folder.path("data")]
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("tiny"),
            withDestinationPath: BuiltProducts.package + "/samples/models/tiny-bloom")
        for (split, rows) in [("train", 24), ("val", 8), ("test", 12)] {
            let file = BuiltProducts.package + "/samples/data/superglue/CB/\(split).jsonl"
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").prefix(rows)
            try folder.write(lines.joined(separator: "\n") + "\n", to: "\(split).jsonl")
        }
    }

    /// The study's text; arguments replace or follow parts of it.
    static func yaml(
        model: String = "tiny: tiny", task: String = "cb", dataset: String = "jsonlines",
        options: String =
            "{train: train.jsonl, validation: val.jsonl, test: test.jsonl, labels: [entailment, contradiction, neutral]}",
        template: String = "{premise} question: {hypothesis} answer:",
        candidates: String = #"{entailment: " yes", contradiction: " no", neutral: " maybe"}"#,
        taskExtra: String = "", tuning: String = "{rows: 2, epochs: 1, batch_size: 8, initialisation: noise}",
        seeds: String = "[1]", metrics: String = "[accuracy]", probes: String = "{}"
    ) -> String {
        """
        name: small
        models:
          \(model)
        tasks:
          \(task):
            dataset: \(dataset)
            options: \(options)
            template: "\(template)"
            candidates: \(candidates)
            \(taskExtra)
        seeds: \(seeds)
        tuning: \(tuning)
        metrics: \(metrics)
        probes: \(probes)
        """
    }

    /// Checks a study against the bundled plugins and these ones, which win over bundled ones.
    func study(_ yaml: String = StudyFixture.yaml(), plugins: [String] = []) throws -> Study {
        try Study(StudyFile(yaml: yaml, path: folder.path("study.yaml")), registry: registry(plugins))
    }

    func registry(_ plugins: [String]) throws -> Registry {
        let search = PluginSearch(
            named: plugins, environment: environment, executable: BuiltProducts.sonde)
        return try Registry(search: search, host: HostRuntime(threads: 1))
    }

    /// A run; those with the same name of a store share it; what is told goes to `report`.
    func run(
        _ study: Study, store: String = "store", workers: Int = 1, acceptsBuilds: Bool = false,
        limits: WorkerLimits = WorkerLimits(), report: @escaping (RunEvent) -> Void = { _ in }
    ) throws -> StudyRun {
        let held = try stores[store] ?? Store(folder: URL(filePath: folder.path(store)))
        stores[store] = held
        return try StudyRun(
            study, store: held,
            options: RunOptions(
                executable: BuiltProducts.sonde, threads: 1, workers: workers, acceptsBuilds: acceptsBuilds,
                limits: limits),
            report: report)
    }

    /// Compiles a probe of the tests.
    func compile(_ source: String, to name: String = "libprobe.so") throws -> String {
        try CPlugin.compile(source, to: name, in: folder)
    }
}

/// The sentence of the error that `body` throws, and its exit code.
func refusal(_ body: () throws -> Void) -> (sentence: String, code: Int32)? {
    do {
        try body()
        return nil
    } catch {
        let known = HostError(error)
        return (known.sentence, known.exitCode)
    }
}
