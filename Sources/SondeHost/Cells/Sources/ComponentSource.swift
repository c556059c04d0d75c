import SondeJSON
import SondeSDK

/// A component with its options, as a worker needs it to make an instance.
struct ComponentSource: Codable, Sendable, Hashable {
    /// The plugin that brings it.
    let plugin: PluginBuild
    let kind: ComponentKind
    let id: String
    /// The options as JSON text, so that keys keep their order on the way to the worker; paths are absolute.
    let optionsText: String
    /// What its results depend on besides the build: its id, and its options with digests of contents in place of paths.
    let identity: JSONValue

    /// The options that an instance is made with.
    func options() throws -> Options {
        Options(try JSONValue(parsing: optionsText).objectValue ?? [:])
    }
}

/// Which build of a plugin is used.
struct PluginBuild: Codable, Sendable, Hashable {
    let id: String
    let version: String
    let file: String
    /// The digest of the library.
    let digest: String

    init(_ plugin: LoadedPlugin) {
        id = plugin.id
        version = plugin.version
        file = plugin.file
        digest = plugin.digest.description
    }
}
