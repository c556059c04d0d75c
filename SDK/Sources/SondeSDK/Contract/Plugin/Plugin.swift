/// A shared library's contents: who it is and the components that it brings.
///
/// A plugin is one value and one exported function:
///
///     let plugin = Plugin(
///         id: "org.example.length", version: "1.0.0", licence: "MIT",
///         components: [
///             .metric(MetricDescriptor(id: "length-error", summary: "Mean distance in words")) { _, _ in
///                 LengthError()
///             }
///         ])
///
///     @c @implementation
///     public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
public struct Plugin: Sendable {
    /// Reverse-DNS name; never changes.
    public let id: String
    /// Semantic version.
    public let version: String
    /// SPDX expression.
    public let licence: String
    /// What the plugin brings.
    public let components: [Component]

    /// A plugin with its components.
    public init(id: String, version: String, licence: String, components: [Component]) {
        self.id = id
        self.version = version
        self.licence = licence
        self.components = components
    }
}

/// One component of a plugin: its description and how to make an instance.
public enum Component: Sendable {
    /// A model backend; the closure receives the checkpoint's folder.
    case model(
        ModelDescriptor,
        create: @Sendable (_ directory: String, _ options: Options, any PluginHost) throws -> any Model)
    /// A dataset.
    case dataset(
        DatasetDescriptor, create: @Sendable (_ options: Options, any PluginHost) throws -> any Dataset)
    /// A probe.
    case probe(ProbeDescriptor, create: @Sendable (_ options: Options, any PluginHost) throws -> any Probe)
    /// A metric.
    case metric(MetricDescriptor, create: @Sendable (_ options: Options, any PluginHost) throws -> any Metric)
}

/// The four kinds of components; the raw values are those of `sonde_kind`.
public enum ComponentKind: UInt32, Sendable, CaseIterable, Codable, CustomStringConvertible {
    /// A model backend.
    case model = 1
    /// A dataset.
    case dataset
    /// A probe.
    case probe
    /// A metric.
    case metric

    /// The kind's name as people write it.
    public var description: String {
        switch self {
        case .model: "model"
        case .dataset: "dataset"
        case .probe: "probe"
        case .metric: "metric"
        }
    }
}
