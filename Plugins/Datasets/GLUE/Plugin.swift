public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.glue", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "glue", summary: "SST-2, MRPC, QQP, QNLI and RTE of GLUE, from their folders",
                options: [
                    .required("task", .choice(GLUETask.allCases.map(\.rawValue)), "Which of the tasks"),
                    .required(
                        "path", .path,
                        "The task's folder with train.tsv, dev.tsv and test.tsv; of MRPC also the original "
                            + "msr_paraphrase_train.txt with dev_ids.tsv"),
                ])
        ) { options, host in
            guard let task = GLUETask(rawValue: try options.string("task")) else {
                throw SondeError.invalidArgument("There is no such task.")
            }
            return try task.dataset(in: options.string("path"), host: host)
        },
        .dataset(
            DatasetDescriptor(
                id: "advglue", summary: "Adversarial GLUE's development set, from dev.json",
                options: [
                    .required(
                        "task", .choice(AdversarialTask.allCases.map(\.rawValue)), "Which of the tasks"),
                    .required("path", .path, "The file dev.json"),
                ])
        ) { options, host in
            guard let task = AdversarialTask(rawValue: try options.string("task")) else {
                throw SondeError.invalidArgument("There is no such task.")
            }
            return try task.dataset(in: options.string("path"), host: host)
        },
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
