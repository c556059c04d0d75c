public import SondeSDK

private let plugin = Plugin(
    id: "org.sonde.semantics", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .probe(SemanticsProbe.descriptor) { options, host in
            SemanticsProbe(neighbours: try options.integer("neighbours"), host: host)
        }
    ])

/// The one function that the plugin exports.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
