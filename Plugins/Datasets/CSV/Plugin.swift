import DatasetKit
import SondeJSON
public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.csv", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "csv", summary: "Examples in tables with a header, quoted as RFC 4180 says",
                options: OpenDatasetOptions.declarations + [separator])
        ) { options, host in
            let format = TableReader.Format(separator: try options.string(separator.name))
            return try ColumnDataset(OpenDatasetOptions(options), host: host) {
                try TableReader(path: $0, format: format)
            }
        }
    ])

private let separator = OptionDeclaration(
    "separator", .choice(["comma", "semicolon", "tab", "bare-tab"]), default: "comma",
    "What stands between cells; with 'bare-tab' quotes are text, and rows of another length are left out")

extension TableReader.Format {
    fileprivate init(separator: String) {
        self =
            switch separator {
            case "bare-tab": .tabs
            case "tab": .quoted(separator: UInt8(ascii: "\t"))
            case "semicolon": .quoted(separator: UInt8(ascii: ";"))
            default: .quoted(separator: UInt8(ascii: ","))
            }
    }
}

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
