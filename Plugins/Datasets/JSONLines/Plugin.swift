import DatasetKit
public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.jsonlines", version: "0.2.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "jsonlines", summary: "Examples in JSON Lines files, one object a line",
                options: OpenDatasetOptions.declarations)
        ) { options, host in
            try ColumnDataset(OpenDatasetOptions(options), host: host) { try JSONLinesReader(path: $0) }
        }
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
