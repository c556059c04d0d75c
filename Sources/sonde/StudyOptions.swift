import ArgumentParser
import Foundation
import SondeHost

/// What the commands share that run a study or look ahead at it.
struct StudyOptions: ParsableArguments {
    @Argument(help: "The study file.") var study: String
    @OptionGroup var host: HostOptions
    @Option(
        help: ArgumentHelp(
            "The folder for finished cells.", discussion: "Default: NAME.sonde beside the study file.",
            valueName: "folder"))
    var store: String?
    @Option(help: "How many cells to do at once; they share the threads.") var workers = 1
    @Flag(help: "Take results of other builds of sonde and of plugins for finished.") var acceptBuild = false

    func validate() throws {
        if workers < 1 { throw ValidationError("--workers must be 1 or more.") }
    }

    /// The checked study, and the plugins that it was checked against.
    func makeStudy() throws -> (Study, Registry) {
        let file = try StudyFile(path: study)
        let runtime = host.makeRuntime(threads: runOptions().threadsPerWorker)
        let registry = try host.makeRegistry(for: runtime, alsoNamed: file.plugins)
        return (try Study(file, registry: registry), registry)
    }

    /// Where finished cells are.
    func storeFolder(of study: Study) -> URL { store.map { URL(filePath: $0) } ?? study.defaultStore }

    /// How the study is run.
    func runOptions(limits: WorkerLimits = WorkerLimits()) -> RunOptions {
        RunOptions(
            threads: host.threads ?? HostRuntime.defaultThreads, workers: workers,
            acceptsBuilds: acceptBuild, limits: limits)
    }

    /// A display of progress on standard error.
    func makeProgress() -> RunProgress {
        RunProgress(style: OutputStyle(descriptor: FileHandle.standardError.fileDescriptor)) {
            try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
        }
    }
}
