import Foundation
import SondeHost

/// How to measure.
public struct Setting: Sendable, Codable {
    /// The folder of the checkpoint.
    public var directory: String
    /// How many threads to use.
    public var threads: Int
    /// How often each operation is measured.
    public var repeats: Int
    /// Where the tuning step's input and result are written as JSON, if anywhere.
    public var stepFile: String?

    /// A setting.
    public init(directory: String, threads: Int, repeats: Int, stepFile: String? = nil) {
        self.directory = directory
        self.threads = threads
        self.repeats = repeats
        self.stepFile = stepFile
    }
}

/// Measures one operation in this process.
struct Measurement {
    private let kind: OperationKind
    private let setting: Setting

    init(of kind: OperationKind, _ setting: Setting) {
        self.kind = kind
        self.setting = setting
    }

    func run() throws -> MeasuredOperation {
        let workbench = try Workbench(directory: setting.directory, threads: setting.threads)
        tell("making ready")
        let operation = try kind.prepare(on: workbench)
        // After the second time everything that can be kept is there.
        for _ in 0..<2 { _ = try operation.elapsed() }
        if let file = setting.stepFile, let step = operation as? TuningStep {
            try step.record.write(to: file)
        }
        // Before floor and reference, whose memory is not the operation's.
        let peakMemory = operation.peakMemory
        tell("finding the floor")
        let floor = try operation.floor()
        let reference = operation.usefulOperations.map { _ in
            BareProducts([.reference], on: workbench.runtime)
        }
        var turns: [MeasuredOperation.Turn] = []
        for number in 1...setting.repeats {
            tell("turn \(number) of \(setting.repeats)")
            Rest.take()
            let rate = reference?.elapsed()
            Rest.take()
            let time = try operation.elapsed()
            Rest.take()
            turns.append(.init(reference: rate, operation: time, floor: floor.elapsed()))
        }
        return MeasuredOperation(
            kind, turns: turns, floor: floor.name, floorParts: floor.parts,
            usefulOperations: operation.usefulOperations, peakMemory: peakMemory,
            threads: .init(
                asked: workbench.runtime.threadBudget, openBLAS: workbench.runtime.threadsOfOpenBLAS))
    }

    private func tell(_ what: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(kind.title): \(what)\n".utf8))
    }
}

extension ProductGroup {
    /// The product whose rate everything else is compared with.
    static let reference = ProductGroup.weight(MatrixProduct(rows: 2048, columns: 2048, depth: 2048))
}
