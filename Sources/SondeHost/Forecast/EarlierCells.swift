import Foundation

/// What cells in the store have taken, by which others like them are judged.
struct EarlierCells {
    private var made: [CellSignature: [(making: CellMaking, bytes: Int)]] = [:]

    /// Reads the records of probes' cells that were made with so many threads.
    init(store: Store, threads: Int) throws {
        for record in try store.records() where record.kind == .measure || record.kind == .conclude {
            guard let making = record.made, making.environment.threads == threads else { continue }
            let folder = store.folder(of: record.name).path
            let recordBytes = FileSize.bytes(ofFile: folder + "/" + CellFolder.recordFile)
            let bytes = FileSize.bytes(inFolder: folder) - recordBytes
            made[try CellSignature(record), default: []].append((making, bytes))
        }
    }

    /// The mean of cells like this one; `nil` if there are none.
    func estimate(of cell: Cell) throws -> CellEstimate? {
        guard let alike = made[try CellSignature(cell.record)] else { return nil }
        let share = 1 / Double(alike.count)
        let own = alike.reduce(WorkTime.zero) { $0 + ($1.making.time - $1.making.reading) }
        // Only a worker's first cell reads; the longest time is that of reading everything.
        let first = alike.max { $0.making.reading.seconds < $1.making.reading.seconds }
        let models = Set(cell.work.models.map(\.name))
        return CellEstimate(
            time: own * share,
            readings: models.isEmpty ? [] : [.loading(models, time: first?.making.reading ?? .zero)],
            peakMemory: alike.map(\.making.peakMemory).max(),
            bytes: alike.reduce(0) { $0 + $1.bytes } / alike.count, basis: .earlier)
    }
}
