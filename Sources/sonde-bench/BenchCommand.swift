public import ArgumentParser
import Foundation
public import SondeBenchmark
import SondeHost
import SondeJSON

/// Measures what people wait for.
@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sonde-bench",
        abstract: "Measures the engine against what it cannot do without.",
        discussion: """
            Makes a checkpoint with random weights, or takes that of --model, and measures each operation in a process of \
            its own. Of a BLOOM: a tuning step (eight texts of 676 tokens in all, a prompt of 20 rows, labels of two \
            tokens), an evaluation of the same texts with two or three candidates each under prompts whose keys and \
            values are known, the probe of nearest tokens, a load, and the tokenizer. Of a RoBERTa or a T5, unless --only \
            says otherwise: a tuning step and an evaluation of eight texts of 20 to 70 tokens under 100 rows. The floor of a pass is the time of \
            its useful matrix products alone, that of a load the time to copy as many bytes; elsewhere it is a goal. \
            "Of sgemm rate" compares useful operations with the product of two matrices of 2048 × 2048.
            """)

    /// A shape by its name.
    enum ShapeName: String, ExpressibleByArgument, CaseIterable {
        case bloomz560m = "bloomz-560m"
        case robertaBase = "roberta-base"
        case t5Base = "t5-base"
        case small

        var shape: ModelShape {
            switch self {
            case .bloomz560m: .bloomz560m
            case .robertaBase: .robertaBase
            case .t5Base: .t5Base
            case .small: .small
            }
        }
    }

    @Option(help: ArgumentHelp("Measure this checkpoint of a BLOOM, RoBERTa or T5.", valueName: "folder"))
    var model: String?
    @Option(help: "The shape of the checkpoint that is made in the folder for temporary files, and kept.")
    var shape = ShapeName.bloomz560m
    @Option(help: ArgumentHelp("Measure only this. May be repeated.", valueName: "operation"))
    var only: [OperationKind] = []
    @Option(help: "How many threads to use. Default: one a physical core.")
    var threads = HostRuntime.defaultThreads
    @Option(name: .customLong("repeat"), help: "How often to measure each.") var repeats = 5
    @Option(
        help: ArgumentHelp(
            "Write the tuning step's prompt, rows, loss and gradient to this JSON file.", valueName: "file"))
    var stepFile: String?
    @Flag(help: "Print a JSON object.") var json = false

    func validate() throws {
        guard threads > 0, repeats > 0 else {
            throw ValidationError("--threads and --repeat must be 1 or more.")
        }
    }

    static func main() {
        // Libraries are read, and operations measured, by processes of this very executable.
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == PluginInspection.verb {
            PluginInspection.answer(file: arguments[2])
        }
        if arguments.count == 3, arguments[1] == BenchmarkProcess.verb {
            BenchmarkProcess.answer(arguments[2])
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
        let setting = Setting(
            directory: try checkpoint(), threads: threads, repeats: repeats, stepFile: stepFile)
        let report = try Benchmark(setting).run(only)
        print(json ? try JSONValue(encoding: report).text() : TableText.rendered(report.table, width: 120))
    }

    /// The folder of the model to measure.
    private func checkpoint() throws -> String {
        if let model { return model }
        let folder = FileManager.default.temporaryDirectory.appending(path: "sonde-bench-\(shape.rawValue)")
        try RandomCheckpoint(shape.shape, folder: folder.path).make()
        return folder.path
    }
}

extension OperationKind: ExpressibleByArgument {}
