public import SondeHost

/// Measures operations of a model plugin, loaded as users get it, each in a process of its own.
public struct Benchmark {
    private let setting: Setting
    private let executable: String

    /// A benchmark.
    /// - Parameter executable: a `sonde-bench`; by default this process's.
    public init(_ setting: Setting, executable: String = PluginSearch.currentExecutable) {
        self.setting = setting
        self.executable = executable
    }

    /// Measures.
    /// - Parameter kinds: what; if empty, what is of interest of the model's family.
    /// - Throws: ``HostError`` that names the operation which failed.
    public func run(_ kinds: [OperationKind]) throws -> BenchmarkReport {
        let shape = try ModelShape(directory: setting.directory)
        let operations = try (kinds.isEmpty ? shape.family.operations : kinds).map { kind in
            do {
                return try BenchmarkProcess(executable: executable, .measure(kind, setting))
                    .answer(MeasuredOperation.self)
            } catch {
                let failure = HostError(error)
                throw HostError(failure.kind, "Measuring '\(kind.title)' failed: \(failure.sentence)")
            }
        }
        return BenchmarkReport(machine: MachineFacts(), shape: shape, operations: operations)
    }
}

extension ModelShape.Family {
    fileprivate var operations: [OperationKind] {
        self == .bloom ? OperationKind.allCases : [.step, .evaluation]
    }
}
