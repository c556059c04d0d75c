import ArgumentParser
import SondeHost
import SondeSDK

/// What all commands that use plugins share.
struct HostOptions: ParsableArguments {
    @Option(
        name: .customLong("plugin"),
        help: ArgumentHelp(
            "A plugin's library, or a folder of them. May be repeated. A named library must work, and wins over others.",
            valueName: "file-or-folder"))
    var plugins: [String] = []

    @Option(help: ArgumentHelp("How many threads to use.", discussion: "Default: one a physical core."))
    var threads: Int?

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more.") }
    }

    /// The host's side of the plugins, which says warnings and errors on standard error.
    /// - Parameter threads: the budget, if it is not the whole one.
    func makeRuntime(threads: Int? = nil) -> HostRuntime {
        let runtime = HostRuntime(threads: threads ?? self.threads ?? HostRuntime.defaultThreads) {
            if $0 >= .warning { Standard.error("sonde: \($0): \($1)") }
        }
        let (wanted, used) = (runtime.threadBudget, runtime.threadsOfOpenBLAS)
        if used != wanted {
            runtime.log(
                .warning,
                "OpenBLAS was asked for \(wanted) threads and uses \(used) (\(OpenBLAS.configuration)).")
        }
        return runtime
    }

    /// All plugins, those included that a study file names; a warning for each that was found and refused.
    func makeRegistry(for runtime: HostRuntime, alsoNamed others: [String] = []) throws -> Registry {
        let registry = try Registry(search: PluginSearch(named: plugins + others), host: runtime)
        for refused in registry.refused { runtime.log(.warning, refused.description) }
        return registry
    }
}
