import SondeHost
import SondeJSON
import SondeSDK

/// What operations work with: the checkpoint, and the host as users have it.
final class Workbench {
    /// The checkpoint's folder.
    let directory: String
    let runtime: HostRuntime
    private let registry: Registry

    init(directory: String, threads: Int) throws {
        self.directory = directory
        runtime = HostRuntime(threads: threads)
        registry = try Registry(search: PluginSearch(), host: runtime)
    }

    /// Loads the model.
    func model(options: JSONObject = [:]) throws -> any Model {
        try registry.makeModel(directory: directory, options: options)
    }

    /// A probe with its default options.
    func probe(_ id: String) throws -> any Probe {
        let component = try registry.component(.probe, id).component
        return try component.makeProbe(options: Options(component.options.checked([:])))
    }

    /// The sizes of the model.
    func shape() throws -> ModelShape { try ModelShape(directory: directory) }
}
