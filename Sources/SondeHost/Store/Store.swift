public import Foundation
import SondeJSON

#if canImport(Glibc)
    import Glibc
#endif

/// A study's finished cells: one folder each, named by everything that the cell depends on.
///
///     cells/tune-5c0b2a9be9a1/cell.json      what it depends on, in the clear
///                             prompt/ ...    what it made
///                             log.txt        what was said meanwhile
///     tmp/                                   cells at work, and the logs of those that failed
///     lock                                   held by the one run that writes
///
/// A cell is written under `tmp`, synced and renamed, so that it is there whole or not at all.
public final class Store {
    /// The store's folder.
    public let folder: URL
    private let lock: FileHandle
    /// The store that this one stands in front of, if it is a scratch one.
    private var underlying: URL?

    /// Opens a store for writing, making it if there is none.
    /// - Throws: ``HostError`` if the system refuses, or another run holds the store.
    public init(folder: URL) throws {
        self.folder = folder
        let path = folder.path
        for name in ["cells", "tmp"] {
            do {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: true)
            } catch {
                throw HostError.inputOutput("\(path): the store cannot be made: \(Self.reason(error)).")
            }
        }
        let descriptor = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw HostError.inputOutput("\(path): the store cannot be written: \(SystemFailure.last).")
        }
        lock = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw HostError.inputOutput(
                "\(path): another run is writing to this store; wait for it or name another with --store.")
        }
    }

    /// A store in a temporary folder, which goes away with it, that finds the finished cells of another one, too, and
    /// leaves that as it is.
    /// - Throws: ``HostError`` if the system refuses.
    static func scratch(over other: URL) throws -> Store {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sonde-\(UUID().uuidString)")
        let store = try Store(folder: folder)
        store.underlying = other
        return store
    }

    deinit {
        if underlying != nil { try? FileManager.default.removeItem(at: folder) }
    }

    /// Where a finished cell is, or will be.
    func folder(of name: String) -> URL {
        let below = underlying?.appending(path: "cells/\(name)")
        if let below, FileManager.default.fileExists(atPath: below.path) { return below }
        return folder.appending(path: "cells/\(name)")
    }

    /// Whether a finished cell is in this very store, not in one below it.
    func hasOwn(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "cells/\(name)").path)
    }

    /// Whether a cell is finished.
    /// - Throws: ``HostError`` if its folder belongs to a cell that depends on other things.
    func has(_ cell: Cell) throws -> Bool {
        guard let record = try record(of: cell.name) else { return false }
        guard record.contentKey == cell.record.contentKey else {
            throw HostError.data(
                "\(folder(of: cell.name).path): this folder belongs to another cell; move it away to go on.")
        }
        return true
    }

    /// The records of all finished cells, for those who accept other builds; the one that was finished last comes first.
    func records() throws -> [CellRecord] {
        let folders = [folder, underlying].compactMap(\.self).flatMap { store in
            (try? FileManager.default.contentsOfDirectory(
                at: store.appending(path: "cells"), includingPropertiesForKeys: [.contentModificationDateKey]))
                ?? []
        }
        let dated = folders.map { url in
            (url, (try? url.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate))
        }
        return try dated.sorted { ($1.1 ?? .distantPast, $1.0.path) < ($0.1 ?? .distantPast, $0.0.path) }
            .compactMap { try record(of: $0.0.lastPathComponent) }
    }

    /// The record of a finished cell; `nil` if there is none of this name.
    func record(of name: String) throws -> CellRecord? {
        let file = folder(of: name).appending(path: CellFolder.recordFile).path
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return try JSONFile.read(CellRecord.self, from: file)
    }

    static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return (underlying ?? error as NSError).localizedDescription
    }
}
