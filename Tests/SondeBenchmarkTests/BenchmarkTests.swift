import Foundation
import SondeBenchmark
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("The benchmark")
struct BenchmarkTests {
    private static let executable = BuiltProducts.folder + "/sonde-bench"
    private static let tiny = ModelShape(
        layers: 2, width: 32, heads: 2, feedForwardWidth: 128, vocabulary: 512)
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try RandomCheckpoint(Self.tiny, folder: folder.path("model")).make()
    }

    private func run(_ arguments: [String]) throws -> CommandRun {
        try CommandRun(
            Self.executable, ["--model", folder.path("model"), "--repeat", "1", "--threads", "1"] + arguments)
    }

    @Test("prints one table of what it measured, and on the way what it does")
    func table() throws {
        let kinds: [OperationKind] = [
            .lowMemoryStep, .evaluationOfFour, .nearestTokens, .tokenizer, .encoding,
        ]
        let run = try run(kinds.flatMap { ["--only", $0.rawValue] })
        #expect(run.status == 0, "\(run.errors)")
        for kind in kinds {
            #expect(run.output.contains("\n" + kind.title))
            #expect(run.errors.contains(kind.title + ": turn 1 of 1"))
        }
    }

    @Test("tells as JSON what it measured, and where; the memory is without that of the floor")
    func json() throws {
        let run = try run(["--only", "step", "--only", "load", "--json"])
        let report = try JSONValue(parsing: run.output).decoded(as: BenchmarkReport.self)
        #expect(report.shape == Self.tiny)
        #expect(report.machine.openBLAS.contains("OpenBLAS"))
        #expect(report.operations.map(\.kind) == [.step, .load])
        for operation in report.operations {
            #expect(operation.turns.count == 1)
            #expect(operation.time.wall > 0 && operation.floorTime.wall > 0)
            #expect(operation.threads.asked == 1 && operation.threads.openBLAS == 1)
            // The floor's weights alone are 512 MiB.
            #expect(operation.peakMemory > 1 << 20 && operation.peakMemory < 256 << 20)
        }
    }

    @Test("writes the step for others to compare, the same each time")
    func step() throws {
        let files = [folder.path("a.json"), folder.path("b.json")]
        for file in files { _ = try run(["--only", "step", "--step-file", file]) }
        let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(texts[0] == texts[1])
        let step = try JSONValue(parsing: texts[0])
        #expect(step["texts"]?.arrayValue?.count == 8)
        #expect(step["loss_count"] == 16)
        let gradient = try #require(step["gradient"]?.arrayValue)
        #expect(gradient.count == 20 && gradient.allSatisfy { $0.arrayValue?.count == 32 })
    }

    @Test("makes a checkpoint again that is not whole or not the same, and no other")
    func checkpoint() throws {
        let weights = URL(filePath: folder.path("model/model.safetensors"))
        func size() throws -> Int { try Data(contentsOf: weights).count }
        let whole = try size()
        try Data().write(to: weights)
        try RandomCheckpoint(Self.tiny, folder: folder.path("model")).make()
        #expect(try size() == 0)
        try FileManager.default.removeItem(atPath: folder.path("model/config.json"))
        try RandomCheckpoint(Self.tiny, folder: folder.path("model")).make()
        #expect(try size() == whole)
        var larger = Self.tiny
        larger.layers = 3
        try RandomCheckpoint(larger, folder: folder.path("model")).make()
        #expect(try size() > whole)
        #expect(try ModelShape(directory: folder.path("model")) == larger)
    }

    @Test("measures step and evaluation of the other families", arguments: [ModelShape.Family.roberta, .t5])
    func families(_ family: ModelShape.Family) throws {
        var shape = Self.tiny
        shape.family = family
        try RandomCheckpoint(shape, folder: folder.path("model")).make()
        let run = try run(["--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONValue(parsing: run.output).decoded(as: BenchmarkReport.self)
        #expect(report.shape == shape)
        #expect(report.operations.map(\.kind) == [.step, .evaluation])
        #expect(report.operations.allSatisfy { ($0.usefulOperations ?? 0) > 1e6 })
    }

    @Test("says which operation failed, and why")
    func failure() throws {
        try FileManager.default.removeItem(atPath: folder.path("model/model.safetensors"))
        let run = try run(["--only", "evaluation"])
        #expect(run.status == HostError.Kind.inputOutput.rawValue)
        #expect(run.errors.contains("sonde-bench: Measuring 'evaluation, 1 prompt' failed: "))
        #expect(run.errors.contains("model.safetensors"))
    }

    @Test("says how a process ended that gave no answer")
    func crash() throws {
        let library = try folder.write("#!/bin/sh\nkill -SEGV $$\n", to: "crash")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: library)
        let benchmark = Benchmark(
            Setting(directory: folder.path("model"), threads: 1, repeats: 1), executable: library)
        let failure = #expect(throws: HostError.self) { try benchmark.run([.load]) }
        #expect(failure?.sentence.contains("'load'") == true)
        #expect(failure?.sentence.contains("SIGSEGV") == true)
    }
}
