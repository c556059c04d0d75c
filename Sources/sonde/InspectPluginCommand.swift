import ArgumentParser
import SondeHost

/// The hidden verb of the child process that reads a library for the first time.
struct InspectPluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: PluginInspection.verb, abstract: "Reads a library and answers on standard output.",
        shouldDisplay: false)

    @Argument var file: String

    func run() {
        PluginInspection.answer(file: file)
    }
}
