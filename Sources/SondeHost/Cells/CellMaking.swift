/// How a cell came about: what its worker ran on, and what it took.
struct CellMaking: Codable, Sendable, Hashable {
    /// What decides about the last bits of results.
    struct Environment: Codable, Sendable, Hashable {
        /// Threads of the worker.
        let threads: Int
        /// Threads that OpenBLAS used, read back at the end.
        let threadsOfOpenBLAS: Int
        /// OpenBLAS's name for the kernels that it used.
        let core: String
        /// OpenBLAS's version and how it was built.
        let openBLAS: String

        private enum CodingKeys: String, CodingKey {
            case threads
            case threadsOfOpenBLAS = "openblas_threads"
            case core = "openblas_core"
            case openBLAS = "openblas"
        }
    }

    let environment: Environment
    /// What the attempt took that finished it; a tuning that was taken up again took more.
    let time: WorkTime
    /// The part of it in which libraries, models and rows were read, which the worker keeps for its next cells.
    let reading: WorkTime
    /// The most memory of its worker meanwhile, in bytes; what the worker had kept from earlier cells is in it.
    let peakMemory: Int

    private enum CodingKeys: String, CodingKey {
        case environment, time, reading
        case peakMemory = "peak_memory"
    }

    /// What this process has just done.
    init(threads: Int, time: WorkTime, reading: WorkTime) {
        environment = Environment(
            threads: threads, threadsOfOpenBLAS: OpenBLAS.threadCount, core: OpenBLAS.coreName,
            openBLAS: OpenBLAS.configuration)
        self.time = time
        self.reading = reading
        peakMemory = PeakMemory.bytes
    }
}

extension CellMaking.Environment: CustomStringConvertible {
    /// As people say it.
    var description: String {
        "worker threads: \(threads); OpenBLAS threads: \(threadsOfOpenBLAS), kernels: \(core), build: \(openBLAS)"
    }
}
