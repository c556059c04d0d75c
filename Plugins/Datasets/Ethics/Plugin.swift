import DatasetKit
public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.ethics", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "ethics", summary: "Deontology and justice of ETHICS, from their CSV files",
                options: [
                    .required("task", .choice(EthicsTask.allCases.map(\.rawValue)), "Which of the tasks"),
                    .required(
                        "path", .path,
                        "The folder with TASK_train.csv, TASK_test.csv and TASK_test_hard.csv, or, as Hugging Face "
                            + "spells them, TASK_train.csv, TASK_validation.csv and TASK_test.csv"),
                ])
        ) { options, host in
            guard let task = EthicsTask(rawValue: try options.string("task")) else {
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
