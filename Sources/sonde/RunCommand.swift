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

    @OptionGroup var options: StudyOptions
    @Option(help: ArgumentHelp("End cells that take longer.", valueName: "seconds")) var cellLimit: Int?
    @Flag(help: "Plan the probes and list the cells; tune and measure nothing.") var dryRun = false

    func validate() throws {
        if let cellLimit, cellLimit < 1 { throw ValidationError("--cell-limit must be 1 or more.") }
    }

    func run() throws {
        Interruption.watch()
        let (study, registry) = try options.makeStudy()
        let store = try Store(folder: options.storeFolder(of: study))
        let limits = WorkerLimits(cell: cellLimit.map { .seconds($0) })
        let run = try StudyRun(
            study, store: store, options: options.runOptions(limits: limits),
            report: options.makeProgress().show)
        if dryRun { return Standard.output(CellListing(run).text) }
        try run.finish()
        let report = try StudyReport(run, registry: registry).write(to: store.folder)
        Standard.output(RunSummary(run, results: try run.results(), report: report.path).text)
        if let failure = run.failure { throw failure }
    }
}
