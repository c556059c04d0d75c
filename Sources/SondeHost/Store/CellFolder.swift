import Foundation
import SondeJSON

#if canImport(Glibc)
    import Glibc
#endif

/// The folder of a cell while it is made.
struct CellFolder {
    static let recordFile = "cell.json"
    static let logFile = "log.txt"
    /// What a tune cell goes on from; with the files whose names go on after a hyphen not part of a finished cell.
    static let checkpointFile = "checkpoint"

    private let finished: URL
    /// Where the worker writes.
    let path: String

    /// An empty folder for a cell, but for the checkpoint of an earlier attempt.
    /// - Throws: ``HostError`` if the system refuses.
    init(for cell: Cell, in store: Store) throws {
        finished = store.folder(of: cell.name)
        let folder = store.folder.appending(path: "tmp/\(cell.name)")
        path = folder.path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(atPath: path)
            where !Self.isOfCheckpoint(name) {
                try FileManager.default.removeItem(atPath: path + "/" + name)
            }
        } catch {
            throw HostError.inputOutput("\(path): the folder cannot be made: \(Store.reason(error)).")
        }
    }

    private static func isOfCheckpoint(_ name: String) -> Bool {
        name == checkpointFile || name.hasPrefix(checkpointFile + "-")
    }

    /// Where the log is.
    var log: String { path + "/" + Self.logFile }

    /// Adds the record, syncs everything and moves the folder to its place among the finished cells.
    /// - Throws: ``HostError`` if the system refuses; nothing is at that place then.
    func finish(_ record: CellRecord) throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where Self.isOfCheckpoint(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
        try JSONFile.write(try JSONValue(encoding: record), to: path + "/" + Self.recordFile)
        try Self.sync(path)
        for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init() {
            try Self.sync(path + "/" + name)
        }
        let target = finished.path
        guard rename(path, target) == 0 else {
            throw HostError.inputOutput(
                "\(target): the cell cannot be put in its place: \(SystemFailure.last).")
        }
        try Self.sync(finished.deletingLastPathComponent().path)
    }

    /// Has the system write a file or folder to the disk.
    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw HostError.inputOutput("\(path): cannot be opened to be synced: \(SystemFailure.last).")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw HostError.inputOutput("\(path): cannot be synced: \(SystemFailure.last).")
        }
    }
}
