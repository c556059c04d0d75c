import ArgumentParser
import SondeHost

/// The hidden verb of the processes that do a study's cells.
struct CellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Worker.verb, abstract: "Does cells as lines of standard input ask for them.",
        shouldDisplay: false)

    @Option var threads = 1

    func run() {
        Worker.serve(threads: threads)
    }
}
