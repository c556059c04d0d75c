public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.jsonlines", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "jsonlines", summary: "Examples in JSON Lines files, one object a line",
                options: DatasetOptions.declarations)
        ) { options, host in
            try JSONLinesDataset(DatasetOptions(options), host: host)
        }
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
