/// What was measured of one operation; times are medians over the turns.
public struct MeasuredOperation: Sendable, Codable {
    /// One measurement of the operation, and what was measured around it.
    public struct Turn: Sendable, Codable {
        /// A product of two matrices of 2048 × 2048; `nil` where matrix products are not what the operation does.
        public var reference: Elapsed?
        /// The operation.
        public var operation: Elapsed
        /// What it is compared with.
        public var floor: Elapsed

        /// A turn.
        public init(reference: Elapsed?, operation: Elapsed, floor: Elapsed) {
            self.reference = reference
            self.operation = operation
            self.floor = floor
        }
    }

    /// How many threads there were.
    public struct Threads: Sendable, Codable {
        /// As many as the host was given.
        public var asked: Int
        /// As many as OpenBLAS says that it uses.
        public var openBLAS: Int

        /// Counts of threads.
        public init(asked: Int, openBLAS: Int) {
            self.asked = asked
            self.openBLAS = openBLAS
        }

        private enum CodingKeys: String, CodingKey {
            case asked
            case openBLAS = "openblas"
        }
    }

    /// What it is.
    public let kind: OperationKind
    /// The time that it takes.
    public let time: Elapsed
    /// What it is compared with.
    public let floor: String
    /// How its parts are computed, one line each.
    public let floorParts: [String]
    /// The time of the floor.
    public let floorTime: Elapsed
    /// ``floorTime`` as a share of ``time``.
    public let shareOfFloor: Double
    /// Useful floating-point operations, where matrix products are what it does.
    public let usefulOperations: Double?
    /// The rate of the reference product, in 10⁹ operations a second.
    public let referenceGigaflops: Double?
    /// The rate of the useful operations as a share of the reference product's.
    public let shareOfRate: Double?
    /// The same by processor time, which does not count what else the machine did.
    public let shareOfProcessorRate: Double?
    /// The most memory that was resident in the operation's process, in bytes.
    public let peakMemory: Int
    /// How many threads there were.
    public let threads: Threads
    /// Each measurement.
    public let turns: [Turn]

    /// What turns amount to.
    public init(
        _ kind: OperationKind, turns: [Turn], floor: String, floorParts: [String] = [],
        usefulOperations: Double?, peakMemory: Int,
        threads: Threads
    ) {
        self.kind = kind
        self.turns = turns
        self.floor = floor
        self.floorParts = floorParts
        self.usefulOperations = usefulOperations
        self.peakMemory = peakMemory
        self.threads = threads
        time = Elapsed(medianOf: turns.map(\.operation))
        floorTime = Elapsed(medianOf: turns.map(\.floor))
        shareOfFloor = floorTime.wall / time.wall
        guard let usefulOperations else {
            (referenceGigaflops, shareOfRate, shareOfProcessorRate) = (nil, nil, nil)
            return
        }
        let reference = Elapsed(medianOf: turns.compactMap(\.reference))
        let operations = ProductGroup.reference.usefulOperations
        referenceGigaflops = operations / reference.wall / 1e9
        shareOfRate = usefulOperations / operations * reference.wall / time.wall
        shareOfProcessorRate = usefulOperations / operations * reference.processor / time.processor
    }

    private enum CodingKeys: String, CodingKey {
        case kind, time, floor, threads, turns
        case floorParts = "floor_parts"
        case floorTime = "floor_time"
        case shareOfFloor = "share_of_floor"
        case usefulOperations = "useful_operations"
        case referenceGigaflops = "reference_gigaflops"
        case shareOfRate = "share_of_rate"
        case shareOfProcessorRate = "share_of_processor_rate"
        case peakMemory = "peak_memory"
    }
}
