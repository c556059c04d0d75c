import ArgumentParser
import Foundation
import SondeBenchmark
import SondeHost
import SondeJSON

/// Measures a tuning step and an evaluation pass.
@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sonde-bench",
        abstract: "Measures the model plugin against the machine's matrix product rate.",
        discussion: """
            Makes a BLOOM checkpoint with random weights, or takes that of --model, and measures a tuning step (eight texts \
            of 676 tokens in all, a prompt of 20 rows, labels of two tokens) and an evaluation of the same texts with two or \
            three candidates each, the prompt's keys and values known. Useful operations are those that no computation \
            can do without; "of sgemm rate" compares them with the product of two matrices of 2048 × 2048 in the same \
            run, "of processor rate" does so by processor time, and "bare" is the time of the same products alone.
            """)

    /// A shape by its name.
    enum ShapeName: String, ExpressibleByArgument, CaseIterable {
        case bloomz560m = "bloomz-560m"
        case small

        var shape: ModelShape { self == .small ? .small : .bloomz560m }
    }

    @Option(help: ArgumentHelp("Measure this BLOOM checkpoint.", valueName: "folder")) var model: String?
    @Option(help: "The shape of the checkpoint that is made.") var shape = ShapeName.bloomz560m
    @Option(
        help: ArgumentHelp(
            "Where the checkpoint is made, or is already. Default: a temporary folder that is kept.",
            valueName: "folder"))
    var folder: String?
    @Option(help: "How many threads to use. Default: one a physical core.")
    var threads = HostRuntime.defaultThreads
    @Option(name: .customLong("repeat"), help: "How often to measure each.") var repeats = 5
    @Flag(help: "Print a JSON object.") var json = false

    func validate() throws {
        guard threads > 0, repeats > 0 else {
            throw ValidationError("--threads and --repeat must be 1 or more.")
        }
    }

    static func main() {
        // The registry has each library read by a child process of this very executable.
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == PluginInspection.verb {
            PluginInspection.answer(file: arguments[2])
        }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            if exitCode(for: error) == .success || exitCode(for: error) == .validationFailure {
                exit(withError: error)
            }
            let failure = HostError(error)
            FileHandle.standardError.write(Data("sonde-bench: \(failure.sentence)\n".utf8))
            Foundation.exit(failure.exitCode)
        }
    }

    func run() throws {
        let runtime = HostRuntime(threads: threads)
        let registry = try Registry(search: PluginSearch(), host: runtime)
        let benchmark = Benchmark(
            directory: try checkpoint(), repeats: repeats, runtime: runtime, registry: registry)
        let report = try benchmark.run()
        print(json ? try JSONValue(encoding: report).text() : TableText.rendered(report.table, width: 120))
    }

    /// The folder of the model to measure.
    private func checkpoint() throws -> String {
        if let model { return model }
        let folder =
            folder
            ?? FileManager.default.temporaryDirectory.appending(path: "sonde-bench-\(shape.rawValue)").path
        try RandomCheckpoint(shape.shape, folder: folder).make()
        return folder
    }
}
