public import SondeSDK

private let plugin = Plugin(
    id: "org.sonde.t5", version: "0.1.0", licence: "Apache-2.0",
    components: [.model(t5Descriptor) { try loadT5($0, options: $1, host: $2) }])

/// The one function that the plugin exports.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
