public import SondeSDK

/// What a benchmark measured.
public struct BenchmarkReport: Sendable, Codable {
    /// Where.
    public let machine: MachineFacts
    /// The model's sizes.
    public let shape: ModelShape
    /// What was measured of each operation.
    public let operations: [MeasuredOperation]

    /// A report.
    public init(machine: MachineFacts, shape: ModelShape, operations: [MeasuredOperation]) {
        self.machine = machine
        self.shape = shape
        self.operations = operations
    }

    /// The report for people.
    public var table: Table {
        Table(
            title:
                "\(shape.family.title), \(shape.layers) layers, width \(shape.width), vocabulary \(shape.vocabulary)",
            columns: [
                .init("operation"), .init("seconds", digits: 3), .init("floor"),
                .init("floor seconds", digits: 3), .init("of floor", digits: 2),
                .init("of sgemm rate", digits: 2), .init("peak GB", digits: 2),
            ],
            rows: operations.map { operation in
                [
                    .text(operation.kind.title), .number(operation.time.wall), .text(operation.floor),
                    .number(operation.floorTime.wall), .number(operation.shareOfFloor),
                    operation.shareOfRate.map { .number($0) } ?? .text(""),
                    .number(Double(operation.peakMemory) / 1e9),
                ]
            },
            note: note)
    }

    private var note: String {
        var parts = [
            "Medians of \(operations.first?.turns.count ?? 0) turns, each operation in a process of its own."
        ]
        let rates = operations.compactMap(\.referenceGigaflops).map { Int($0.rounded()) }
        if let lowest = rates.min(), let highest = rates.max() {
            parts.append("sgemm 2048³: \(lowest) to \(highest) GFLOP/s.")
        }
        let threads = operations.map(\.threads)
        let used = Set(threads.map(\.openBLAS)).sorted().map(String.init).joined(separator: " or ")
        parts.append("\(threads.first?.asked ?? 0) threads, OpenBLAS uses \(used).")
        parts.append("\(machine.processor), \(machine.cores ?? machine.processors) cores.")
        parts.append("\(machine.openBLAS), \(machine.openBLASCore) kernels.")
        return parts.joined(separator: " ")
    }
}

extension ModelShape.Family {
    fileprivate var title: String {
        switch self {
        case .bloom: "BLOOM"
        case .roberta: "RoBERTa"
        case .t5: "T5"
        }
    }
}
