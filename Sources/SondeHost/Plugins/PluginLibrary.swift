import Foundation
import SondeSDK
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Opens libraries in this process; an open library stays open until the process ends.
enum PluginLibrary {
    private typealias EntryFunction = @convention(c) (HostTable?) -> EntryTable?

    /// Loads a library and reads its entry.
    /// - Parameter host: what the plugin's components will answer to.
    static func open(_ file: String, for host: any PluginHost) throws(PluginRefusal) -> ImportedEntry {
        guard let library = dlopen(file, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) else {
            throw .notLoadable(reason: loaderMessage(about: file))
        }
        guard let symbol = dlsym(library, "sonde_plugin_main") else { throw .noEntryFunction }
        let entryFunction = unsafeBitCast(symbol, to: EntryFunction.self)
        let name = PluginName(file: file)
        let exported = ExportedHost(host, name: HostVersion.name, version: HostVersion.current) { name.text }
        do throws(EntryProblem) {
            let entry = try ImportedEntry(entryFunction(exported.table), host: exported.table)
            name.set(id: entry.id)
            return entry
        } catch {
            throw PluginRefusal(error)
        }
    }

    /// What the system's loader says, without the file's name in front.
    private static func loaderMessage(about file: String) -> String {
        guard let message = dlerror().map({ String(cString: $0) }) else { return "no reason given" }
        let prefix = file + ": "
        return message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
    }
}

/// How a plugin is named in front of its errors: its file, and its id as soon as that is known.
private final class PluginName: Sendable {
    private let name: Mutex<String>
    private let file: String

    init(file: String) {
        self.file = file
        name = Mutex(file)
    }

    var text: String { name.withLock(\.self) }

    func set(id: String) { name.withLock { $0 = "\(id) (\(file))" } }
}
