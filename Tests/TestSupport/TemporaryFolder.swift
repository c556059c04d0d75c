public import Foundation

/// A folder that goes away with this object.
public final class TemporaryFolder: Sendable {
    /// Where it is, symbolic links resolved.
    public let path: String

    /// An empty folder.
    public init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "sonde-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something inside.
    public func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file, with the folders that it needs, and returns its path.
    @discardableResult
    public func write(_ content: Data, to name: String) throws -> String {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: file)
        return file.path
    }

    /// Writes a text file and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(Data(text.utf8), to: name)
    }

    /// Makes a folder inside and returns its path.
    public func makeFolder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
        return path(name)
    }
}
