import Foundation
import SondeHost
import SondeSDK

/// From the start of a process to the first step possible: plugins found, the model loaded, a prompt prepared.
final class Loading: Operation {
    /// What the process that has loaded says.
    struct Answer: Codable {
        let processorTime: Double
        let peakMemory: Int
        let parameters: Int
    }

    private let workbench: Workbench
    private let executable: String
    private var last: Answer?
    private(set) var peakMemory = 0

    init(on workbench: Workbench, executable: String = PluginSearch.currentExecutable) {
        self.workbench = workbench
        self.executable = executable
    }

    func elapsed() throws -> Elapsed {
        let request = BenchmarkProcess.Request.load(
            directory: workbench.directory, threads: workbench.runtime.threadBudget)
        let start = ContinuousClock.now
        let process = try BenchmarkProcess(executable: executable, request)
        let answer = try process.answer(Answer.self)
        let wall = start.duration(to: .now) / .seconds(1)
        last = answer
        peakMemory = max(peakMemory, answer.peakMemory)
        return Elapsed(wall: wall, processor: answer.processorTime)
    }

    /// Reads the files of the weights once and writes them once as float32.
    func floor() throws -> any Floor {
        let folder = URL(filePath: workbench.directory)
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.fileSizeKey]
        ).filter { $0.pathExtension == "safetensors" }
        let sizes = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
        return MemoryCopy(
            bytes: sizes.reduce(0, +) + 4 * (last?.parameters ?? 0), on: workbench.runtime)
    }

    /// Loads in this process.
    static func load(_ workbench: Workbench) throws -> Answer {
        let model = try workbench.model()
        let shape = try workbench.shape()
        let prompt = Workload(shape).prompt
        return try withExtendedLifetime(try model.prepare(prompt)) {
            Answer(
                processorTime: Elapsed.processorTime, peakMemory: ProcessMemory.peak,
                parameters: try model.card.parameters)
        }
    }
}
