import ArgumentParser
import Foundation
import SondeHost

/// `sonde run STUDY.yaml`: does what a study asks for and writes its report.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a study: tunes its prompts, probes them, and writes a report.",
        discussion: """
            What is finished stays in the store and is not done again, unless something that it depends on has \
            changed: data, weights, options, seeds, plugins, or sonde itself. Ctrl-C stops; the next run goes on.

            Examples:
              sonde run samples/quickstart.yaml
              sonde run study.yaml --plugin build/libmine.so --dry-run
              sonde run study.yaml --store /scratch/study --workers 2
            """)

    @Argument(help: "The study file.") var study: String
    @OptionGroup var host: HostOptions
    @Option(
        help: ArgumentHelp(
            "The folder for finished cells.", discussion: "Default: NAME.sonde beside the study file.",
            valueName: "folder"))
    var store: String?
    @Option(help: "How many cells to do at once; they share the threads.") var workers = 1
    @Option(help: ArgumentHelp("End cells that take longer.", valueName: "seconds")) var cellLimit: Int?
    @Flag(help: "Take results of other builds of sonde and of plugins for finished.") var acceptBuild = false
    @Flag(help: "Plan the probes and list the cells; tune and measure nothing.") var dryRun = false

    func validate() throws {
        if workers < 1 { throw ValidationError("--workers must be 1 or more.") }
        if let cellLimit, cellLimit < 1 { throw ValidationError("--cell-limit must be 1 or more.") }
    }

    func run() throws {
        Interruption.watch()
        let file = try StudyFile(path: study)
        let runtime = host.makeRuntime(threads: options.threadsPerWorker)
        let registry = try host.makeRegistry(for: runtime, alsoNamed: file.plugins)
        let checked = try Study(file, registry: registry)
        let store = try Store(folder: store.map { URL(filePath: $0) } ?? checked.defaultStore)
        let progress = RunProgress(style: OutputStyle(descriptor: FileHandle.standardError.fileDescriptor)) {
            try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
        }
        let run = try StudyRun(checked, store: store, options: options, report: progress.show)
        if dryRun { return Standard.output(CellListing(run).text) }
        try run.finish()
        let report = try StudyReport(run, registry: registry).write(to: store.folder)
        Standard.output(RunSummary(run, results: try run.results(), report: report.path).text)
        if let failure = run.failure { throw failure }
    }

    private var options: RunOptions {
        RunOptions(
            threads: host.threads ?? HostRuntime.defaultThreads, workers: workers,
            acceptsBuilds: acceptBuild,
            limits: WorkerLimits(cell: cellLimit.map { .seconds($0) }))
    }
}
