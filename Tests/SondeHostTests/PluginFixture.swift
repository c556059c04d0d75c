import Foundation
import SondeHost
import TestSupport

/// A temporary folder to put plugins into, and registries that see nothing else.
final class PluginFixture {
    let folder: TemporaryFolder
    /// A link to the built `sonde` in a folder without plugins.
    private let executable: String

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.makeFolder("plugins")
        executable = try folder.makeFolder("installed/bin") + "/sonde"
        try FileManager.default.createSymbolicLink(
            atPath: executable, withDestinationPath: BuiltProducts.sonde)
    }

    func registry(named: [String] = [], environment: [String: String] = [:]) throws -> Registry {
        let own = ["XDG_CACHE_HOME": folder.path("cache"), "XDG_DATA_HOME": folder.path("data")]
        var search = PluginSearch(
            named: named, environment: own.merging(environment) { $1 }, executable: executable)
        search.readingLimit = 1
        return try Registry(search: search, host: HostRuntime(threads: 1))
    }
}
