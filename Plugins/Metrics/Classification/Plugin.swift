public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.classification", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .metric(MetricDescriptor(id: "accuracy", summary: "Share of predicted labels that are right")) {
            _, _ in
            Accuracy()
        }
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
