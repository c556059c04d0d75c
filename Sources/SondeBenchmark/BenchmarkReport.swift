public import SondeSDK
import SondeHost

/// What a benchmark measured.
public struct BenchmarkReport: Sendable, Codable {
    /// The model's sizes.
    public let shape: ModelShape
    /// Seconds to load the model, its digest included.
    public let loadSeconds: Double
    /// What was measured of each operation.
    public let operations: [MeasuredOperation]
    /// The rate of the reference product in 10⁹ operations a second: the median of all.
    public let referenceGigaflops: Double
    /// The lowest and the highest rate, which tell how quiet the machine was.
    public let referenceRange: [Double]
    /// The most memory that was resident, in bytes, the reference product's 48 MiB included.
    public let peakMemory: Int
    /// OpenBLAS's name for the kernels that it uses.
    public let openBLASCore: String
    /// OpenBLAS's thread count.
    public let openBLASThreads: Int
    /// How often each was measured.
    public let repeats: Int

    init(
        shape: ModelShape, loadSeconds: Double, operations: [MeasuredOperation], references: [Elapsed],
        peakMemory: Int, repeats: Int
    ) {
        self.shape = shape
        self.loadSeconds = loadSeconds
        self.operations = operations
        self.peakMemory = peakMemory
        self.repeats = repeats
        func rate(_ seconds: Double) -> Double { ReferenceProduct.operations / seconds / 1e9 }
        referenceGigaflops = rate(Elapsed(medianOf: references).wall)
        let seconds = references.map(\.wall)
        referenceRange = [rate(seconds.max() ?? .nan), rate(seconds.min() ?? .nan)]
        openBLASCore = OpenBLAS.coreName
        openBLASThreads = OpenBLAS.threadCount
    }

    /// The report for people.
    public var table: Table {
        Table(
            title: "BLOOM, \(shape.layers) layers, width \(shape.width), vocabulary \(shape.vocabulary)",
            columns: [
                .init("operation"), .init("rows", digits: 0), .init("GFLOP", digits: 1),
                .init("seconds", digits: 3), .init("GFLOP/s", digits: 1), .init("of sgemm rate", digits: 3),
                .init("of processor rate", digits: 3), .init("bare seconds", digits: 3),
                .init("bare/time", digits: 3),
            ],
            rows: operations.map { operation in
                [
                    .text(operation.name), .number(Double(operation.rows)),
                    .number(operation.usefulOperations / 1e9), .number(operation.time.wall),
                    .number(operation.gigaflops), .number(operation.shareOfRate),
                    .number(operation.shareOfProcessorRate), .number(operation.bareTime.wall),
                    .number(operation.shareOfBare),
                ]
            },
            note: note)
    }

    private var note: String {
        func rounded(_ value: Double, _ scale: Double) -> Double { (value * scale).rounded() / scale }
        return "Medians of \(repeats) repeats. sgemm 2048³: \(rounded(referenceGigaflops, 10)) GFLOP/s "
            + "(\(rounded(referenceRange[0], 10)) to \(rounded(referenceRange[1], 10))). "
            + "OpenBLAS: \(openBLASCore), \(openBLASThreads) threads. Load: \(rounded(loadSeconds, 100)) s. "
            + "Peak memory: \(peakMemory >> 20) MiB."
    }
}
