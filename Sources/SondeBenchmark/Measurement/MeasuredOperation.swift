/// Repeated measurements of one operation.
struct Series {
    /// The operation itself.
    var passes: [Elapsed] = []
    /// Its matrix products alone.
    var bare: [Elapsed] = []
    /// The reference product before each of them.
    var references: [Elapsed] = []
}

/// What was measured of one operation; times are medians.
public struct MeasuredOperation: Sendable, Codable {
    /// What it is.
    public let name: String
    /// Rows of the packed batch.
    public let rows: Int
    /// Rows that go through the vocabulary.
    public let scoredRows: Int
    /// Useful floating-point operations.
    public let usefulOperations: Double
    /// The time that it takes.
    public let time: Elapsed
    /// The time of its matrix products alone.
    public let bareTime: Elapsed
    /// The time that the useful operations would take at the reference product's rate, as a share of ``time``.
    public let shareOfRate: Double
    /// The same in processor time, which does not count what else the machine did.
    public let shareOfProcessorRate: Double
    /// ``bareTime`` as a share of ``time``.
    public let shareOfBare: Double

    init(_ name: String, _ batch: BatchShape, useful: Double, series: Series) {
        self.name = name
        rows = batch.rows
        scoredRows = batch.scoredRows
        usefulOperations = useful
        time = Elapsed(medianOf: series.passes)
        bareTime = Elapsed(medianOf: series.bare)
        let reference = Elapsed(medianOf: series.references)
        let floor = useful / ReferenceProduct.operations
        shareOfRate = floor * reference.wall / time.wall
        shareOfProcessorRate = floor * reference.processor / time.processor
        shareOfBare = bareTime.wall / time.wall
    }

    /// Useful operations in a second, in 10⁹.
    public var gigaflops: Double { usefulOperations / time.wall / 1e9 }
}

extension Elapsed {
    /// The medians of both times.
    init(medianOf list: [Elapsed]) {
        func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            guard let upper = sorted.dropFirst(sorted.count / 2).first else { return .nan }
            return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
        }
        self.init(wall: median(list.map(\.wall)), processor: median(list.map(\.processor)))
    }
}
