public import Foundation

/// Where plugins are looked for, in this order: what the user names, `SONDE_PLUGIN_PATH`, the user's data folder,
/// `../lib/sonde/plugins` beside the executable's folder, and in a build folder the libraries beside the executable.
///
/// The current directory is never searched.
public struct PluginSearch: Sendable {
    /// Files and folders that the user names: on the command line, then in the study file.
    public var named: [String]
    /// The environment that folders are taken from.
    public var environment: [String: String]
    /// The `sonde` that reads libraries, and beside which bundled plugins are.
    public var executable: String
    /// How many seconds reading a library may take.
    public var readingLimit = 5

    /// A search.
    /// - Parameters:
    ///   - named: files and folders; relative ones are taken from the current directory.
    ///   - environment: by default this process's.
    ///   - executable: by default this process's.
    public init(
        named: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String = PluginSearch.currentExecutable
    ) {
        self.named = named
        self.environment = environment
        self.executable = executable
    }

    /// The file that this process runs.
    public static var currentExecutable: String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    }

    /// A library that may be a plugin.
    struct Candidate: Hashable {
        /// Its real path.
        let file: String
        /// Whether the user named this very file.
        let isNamed: Bool
        /// Whether it is dropped without a word if it is no plugin.
        let mayBeSomethingElse: Bool
    }

    /// All libraries in the order of the search, each real path once, and the folders that are not searched.
    /// - Throws: ``HostError`` for a named file or folder that is missing.
    func candidates() throws -> (libraries: [Candidate], refused: [RefusedPlugin]) {
        var found = FoundLibraries()
        for path in named { try found.addNamed(URL(filePath: path).path) }
        for path in (environment["SONDE_PLUGIN_PATH"] ?? "").split(separator: ":").map(String.init) {
            found.addSearched(path)
        }
        if let data = UserFolders(environment: environment).data {
            found.addInstalled(data.appending(path: "plugins").path)
        }
        let folder = URL(filePath: executable).deletingLastPathComponent()
        found.addInstalled(folder.appending(path: "../lib/sonde/plugins").standardizedFileURL.path)
        if Self.isBuildFolder(folder) { found.addInstalled(folder.path, mayBeSomethingElse: true) }
        return (found.libraries, found.refused)
    }

    /// Whether SwiftPM has built into a folder.
    private static func isBuildFolder(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "SondeHost.build").path)
    }
}

/// Collects libraries while the places are walked through.
private struct FoundLibraries {
    private(set) var libraries: [PluginSearch.Candidate] = []
    private(set) var refused: [RefusedPlugin] = []

    mutating func addNamed(_ path: String) throws {
        switch SearchedPlace(path) {
        case .nothing: throw HostError.plugin("\(path): \(PluginRefusal.missing).")
        case .file: add(path, isNamed: true)
        case .folder: addFiles(of: path)
        }
    }

    mutating func addSearched(_ path: String) {
        guard path.hasPrefix("/") else { return refuse(path, .notAbsolute) }
        switch SearchedPlace(path) {
        case .nothing: refuse(path, .missing)
        case .file: add(path)
        case .folder(isWritableByEverybody: true): refuse(path, .writableByEverybody)
        case .folder: addFiles(of: path)
        }
    }

    mutating func addInstalled(_ path: String, mayBeSomethingElse: Bool = false) {
        guard case .folder(let isWritableByEverybody) = SearchedPlace(path) else { return }
        if isWritableByEverybody {
            refuse(path, .writableByEverybody)
        } else {
            addFiles(of: path, mayBeSomethingElse: mayBeSomethingElse)
        }
    }

    private mutating func refuse(_ path: String, _ refusal: PluginRefusal) {
        refused.append(RefusedPlugin(file: path, refusal: refusal))
    }

    private mutating func addFiles(of folder: String, mayBeSomethingElse: Bool = false) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".so") && !name.hasPrefix(".") {
            add(folder + "/" + name, mayBeSomethingElse: mayBeSomethingElse)
        }
    }

    private mutating func add(_ path: String, isNamed: Bool = false, mayBeSomethingElse: Bool = false) {
        let file = URL(filePath: path).resolvingSymlinksInPath().path
        guard !libraries.contains(where: { $0.file == file }) else { return }
        libraries.append(
            PluginSearch.Candidate(file: file, isNamed: isNamed, mayBeSomethingElse: mayBeSomethingElse))
    }
}

/// What stands at a path.
private enum SearchedPlace {
    case nothing
    case file
    case folder(isWritableByEverybody: Bool)

    init(_ path: String) {
        let file = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else {
            self = .nothing
            return
        }
        let permissions = (attributes[.posixPermissions] as? NSNumber)?.uint16Value ?? 0
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        self = isFolder ? .folder(isWritableByEverybody: permissions & 0o002 != 0) : .file
    }
}
