import Foundation

/// Where the package and what was built of it are.
public enum BuiltProducts {
    /// The package's folder.
    public static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The folder with `sonde` and the bundled plugins.
    public static let folder: String = {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        let isOwn = FileManager.default.fileExists(atPath: own + "/sonde")
        return isOwn ? own : package + "/.build/release"
    }()

    /// The built `sonde`.
    public static let sonde = folder + "/sonde"

    /// A bundled plugin's library.
    public static func plugin(_ name: String) -> String { folder + "/lib\(name).so" }
}
