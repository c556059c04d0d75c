import DatasetKit
public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.superglue", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "superglue", summary: "CB, RTE, COPA and WSC of SuperGLUE, from their folders",
                options: [
                    .required("task", .choice(SuperGLUETask.allCases.map(\.rawValue)), "Which of the tasks"),
                    .required(
                        "path", .path,
                        "The task's folder with train.jsonl, val.jsonl and test.jsonl, as its archive unpacks"
                    ),
                ])
        ) { options, host in
            guard let task = SuperGLUETask(rawValue: try options.string("task")) else {
                throw SondeError.invalidArgument("There is no such task.")
            }
            return try ColumnDataset(
                task.files.found(in: options.string("path")), layout: task.layout, templates: task.templates,
                host: host)
        }
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
