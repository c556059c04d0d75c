public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.classification", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .metric(
            MetricDescriptor(
                id: "accuracy", summary: "Share of predicted labels that are right", isProportion: true)
        ) { _, _ in Accuracy() },
        .metric(
            MetricDescriptor(
                id: "exact-match",
                summary: "Share of generated texts that are right, but for white space at the ends and case",
                comparison: .texts, isProportion: true)
        ) { _, _ in ExactMatch() },
        .metric(
            MetricDescriptor(id: "f1", summary: "F1 of the positive label", options: [F1.positiveOption])
        ) { options, _ in F1(options) },
        .metric(
            MetricDescriptor(id: "macro-f1", summary: "Mean of F1 over the labels that occur")
        ) { _, _ in MacroF1() },
        .metric(
            MetricDescriptor(
                id: "matthews", summary: "Matthews's correlation of predicted and right labels",
                range: (-1, 1))
        ) { _, _ in MatthewsCorrelation() },
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
