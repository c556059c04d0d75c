import SondeSDK
import Synchronization

/// A plugin's components after they have crossed the border: exported as C tables and imported again.
final class Border: Sendable {
    let host: RecordingHost
    let entry: ImportedEntry

    init(_ components: [Component], id: String, host: RecordingHost = RecordingHost()) throws {
        self.host = host
        let plugin = Plugin(id: id, version: "1.2.3", licence: "MIT", components: components)
        let exported = ExportedHost(host, name: "test host", version: "9.8.7") { "\(id) (test)" }
        entry = try ImportedEntry(plugin.entry(for: exported.table), host: exported.table)
    }

    /// The only component.
    var component: ImportedComponent { entry.components[0] }
}

/// A host that keeps what plugins tell it.
final class RecordingHost: PluginHost {
    let threadBudget = 3
    private let state = Mutex<(log: [String], progress: [String], isCancelled: Bool)>(([], [], false))

    var log: [String] { state.withLock(\.log) }
    var progress: [String] { state.withLock(\.progress) }
    var isCancelled: Bool { state.withLock(\.isCancelled) }

    func cancel() { state.withLock { $0.isCancelled = true } }

    func log(_ level: LogLevel, _ message: String) { state.withLock { $0.log.append("\(level) \(message)") } }

    func report(progress fraction: Double, _ activity: String) {
        state.withLock { $0.progress.append("\(fraction) \(activity)") }
    }

    func parallel(_ count: Int, _ body: (Int) -> Void) {
        for index in (0..<count).reversed() { body(index) }
    }
}
