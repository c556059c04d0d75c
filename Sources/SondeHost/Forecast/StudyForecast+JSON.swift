import SondeJSON

extension StudyForecast {
    private struct Content: Codable {
        let study: String
        let workers: Int
        let threadsPerWorker: Int
        let total: Total
        let rows: [Row]
        let cells: [CellContent]
        let warnings: [String]

        private enum CodingKeys: String, CodingKey {
            case study, workers, total, rows, cells, warnings
            case threadsPerWorker = "threads_per_worker"
        }
    }

    private struct Total: Codable {
        /// Seconds from start to end: those before the first cell, and those of the cells on all workers.
        let seconds: Double
        let preparationSeconds: Double
        let processorSeconds: Double
        let peakMemory: Int
        let bytes: Int
        let checkpointBytes: Int
        let machineMemory: Int?

        private enum CodingKeys: String, CodingKey {
            case seconds
            case preparationSeconds = "preparation_seconds"
            case processorSeconds = "processor_seconds"
            case peakMemory = "peak_memory"
            case bytes = "disk"
            case checkpointBytes = "checkpoints"
            case machineMemory = "machine_memory"
        }
    }

    fileprivate struct Row: Codable {
        let cells: String
        let kind: CellKind
        let number: Int
        let done: Int
        /// How many are in the sums.
        let known: Int
        let time: WorkTime
        let peakMemory: Int
        let bytes: Int
        let basis: [CellEstimate.Basis]
        let unknown: [String]

        private enum CodingKeys: String, CodingKey {
            case cells, kind, number, done, known, time, basis, unknown
            case peakMemory = "peak_memory"
            case bytes = "disk"
        }
    }

    fileprivate struct CellContent: Codable {
        let name: String
        let title: String
        let isFinished: Bool
        let time: WorkTime?
        let peakMemory: Int?
        let bytes: Int?

        private enum CodingKeys: String, CodingKey {
            case name, title, time
            case isFinished = "done"
            case peakMemory = "peak_memory"
            case bytes = "disk"
        }
    }

    /// All numbers as JSON: seconds and bytes; names of cells are those of the store's folders.
    public var jsonText: String {
        get throws {
            let rows = ForecastRow.rows(of: entries)
            let content = Content(
                study: study, workers: workers, threadsPerWorker: threads,
                total: Total(
                    seconds: preparation + seconds, preparationSeconds: preparation,
                    processorSeconds: rows.reduce(0) { $0 + $1.time.processorSeconds },
                    peakMemory: peakMemory, bytes: rows.reduce(0) { $0 + $1.bytes },
                    checkpointBytes: checkpointBytes, machineMemory: machineMemory),
                rows: rows.map(Row.init), cells: entries.map(CellContent.init), warnings: warnings)
            return try JSONValue(encoding: content).text(indented: true)
        }
    }
}

extension StudyForecast.Row {
    fileprivate init(_ row: ForecastRow) {
        self.init(
            cells: row.title, kind: row.kind, number: row.count, done: row.finished, known: row.known,
            time: row.time, peakMemory: row.peakMemory, bytes: row.bytes,
            basis: row.basis.sorted { $0.rawValue < $1.rawValue }, unknown: row.reasons)
    }
}

extension StudyForecast.CellContent {
    fileprivate init(_ entry: StudyForecast.Entry) {
        let estimate = try? entry.estimate?.get()
        self.init(
            name: entry.cell.name, title: entry.cell.title, isFinished: entry.isFinished,
            time: estimate.map { _ in entry.time }, peakMemory: estimate.map { _ in entry.peakMemory },
            bytes: estimate?.bytes)
    }
}
