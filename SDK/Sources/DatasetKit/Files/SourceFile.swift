import Foundation
import SondeSDK

/// Files as users have them, opened and read with one sentence for everything that may be wrong.
public enum SourceFile {
    /// Whether there is a file or a folder.
    public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether there is a folder.
    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The names in a folder in the order of their characters; none where there is no folder.
    public static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// The whole file.
    /// - Throws: ``SondeError`` if there is no such file or it cannot be read.
    public static func bytes(of path: String) throws -> [UInt8] {
        let file = try open(path)
        do {
            return Array(try file.readToEnd() ?? Data())
        } catch {
            throw SondeError(.inputOutput, "\(path) cannot be read.")
        }
    }

    /// The whole file as text.
    /// - Throws: ``SondeError`` as ``bytes(of:)``, and for bytes that are no UTF-8.
    public static func text(of path: String) throws -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw SondeError.invalidData("\(path) is not encoded in UTF-8; convert it.")
        }
        return text
    }

    static func open(_ path: String) throws -> FileHandle {
        guard exists(path) else { throw SondeError.notFound("\(path) does not exist.") }
        guard !isFolder(path) else { throw SondeError.invalidData("\(path) is a folder, not a file.") }
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw SondeError(.inputOutput, "\(path) cannot be read.")
        }
    }
}
