import SondeHost
import SondeJSON
import SondeSDK
import TestSupport

/// The plugins of the build that the tests run beside, loaded as the host loads them.
enum BundledPlugins {
    private static let registry = Result {
        try Registry(
            search: PluginSearch(
                named: [
                    "JSONLines", "CSV", "SuperGLUE", "GLUE", "Ethics", "Reviews", "Classification",
                    "Semantics", "Bloom", "Roberta", "T5",
                ].map(BuiltProducts.plugin),
                environment: [:], executable: BuiltProducts.sonde),
            host: HostRuntime(threads: 1))
    }

    /// A dataset with these options and the defaults of the others.
    static func dataset(_ id: String, _ options: JSONObject) throws -> any Dataset {
        let component = try registry.get().component(.dataset, id).component
        return try component.makeDataset(options: Options(component.options.checked(options)))
    }

    /// The model of a checkpoint's folder, with these options and the defaults of the others.
    static func model(directory: String, _ options: JSONObject = [:]) throws -> any Model {
        try registry.get().makeModel(directory: directory, options: options)
    }

    /// A probe with these options.
    static func probe(_ id: String, _ options: JSONObject) throws -> any Probe {
        try registry.get().component(.probe, id).component.makeProbe(options: Options(options))
    }

    /// A metric with these options.
    static func metric(_ id: String, _ options: JSONObject) throws -> any Metric {
        try registry.get().component(.metric, id).component.makeMetric(options: Options(options))
    }
}
