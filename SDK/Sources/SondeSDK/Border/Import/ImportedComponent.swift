import CSonde
public import SondeJSON

/// A component of a plugin as the host sees it: who it is, and how to make an instance.
///
/// Unchecked: the tables are immutable and live until the process ends.
public struct ImportedComponent: @unchecked Sendable {
    /// What kind of component it is.
    public let kind: ComponentKind
    /// Unique within its kind.
    public let id: String
    /// One line.
    public let summary: String
    /// Facts of its kind, as JSON.
    public let descriptor: JSONValue
    /// Its options.
    public let options: OptionSchema
    private let plugin: String
    private let pointer: UnsafePointer<sonde_component>
    private let table: UnsafeRawPointer
    private let host: HostTable

    init(_ pointer: UnsafePointer<sonde_component>, plugin: String, host: HostTable) throws(EntryProblem) {
        let component = covered(pointer)
        guard let kind = ComponentKind(rawValue: component.kind) else {
            throw .malformed("a component is of the unknown kind \(component.kind)")
        }
        id = try ImportedEntry.field(component.id, "component's id")
        guard let table = component.table else { throw .malformed("the \(kind) '\(id)' has no functions") }
        self.kind = kind
        self.pointer = pointer
        self.plugin = plugin
        self.table = table
        self.host = host
        summary = text(component.summary)
        do {
            descriptor = try JSONValue(parsing: text(component.descriptor))
            options = try OptionSchema(json: JSONValue(parsing: text(component.options)))
        } catch {
            throw .malformed("the description of the \(kind) '\(id)' cannot be read: \(error)")
        }
    }

    private var errors: ErrorSource { .lastError(of: plugin) }

    /// Loads a model from a checkpoint's folder.
    public func makeModel(directory: String, options: Options) throws -> any Model {
        let pointer = try functions(.model, sonde_model_table.self)
        let instance = try make(covered(pointer).create, options) { create, options, result in
            create(host, self.pointer, directory, options, result)
        }
        return ImportedModel(table: pointer, instance: instance, ownership: .owned, errors: errors)
    }

    /// Opens a dataset.
    public func makeDataset(options: Options) throws -> any Dataset {
        let functions = covered(try functions(.dataset, sonde_dataset_table.self))
        let instance = try make(functions.create, options) { create, options, result in
            create(host, pointer, options, result)
        }
        return ImportedDataset(functions: functions, instance: instance, errors: errors)
    }

    /// Makes a metric.
    public func makeMetric(options: Options) throws -> any Metric {
        let functions = covered(try functions(.metric, sonde_metric_table.self))
        let instance = try make(functions.create, options) { create, options, result in
            create(host, pointer, options, result)
        }
        return ImportedMetric(functions: functions, instance: instance, errors: errors)
    }

    /// Makes a probe.
    public func makeProbe(options: Options) throws -> any Probe {
        let functions = covered(try functions(.probe, sonde_probe_table.self))
        let instance = try make(functions.create, options) { create, options, result in
            create(host, pointer, options, result)
        }
        return ImportedProbe(functions: functions, instance: instance, errors: errors, host: host)
    }

    private func functions<Table>(_ expected: ComponentKind, _ type: Table.Type) throws -> UnsafePointer<
        Table
    > {
        guard kind == expected else {
            throw SondeError.invalidArgument("'\(id)' is a \(kind), not a \(expected).")
        }
        return table.assumingMemoryBound(to: Table.self)
    }

    private func make<Create>(
        _ create: Create?, _ options: Options,
        _ call: (Create, String, UnsafeMutablePointer<OpaquePointer?>) -> sonde_status
    ) throws -> OpaquePointer {
        var instance: OpaquePointer?
        let json = JSONValue.object(options.values).text()
        try errors.call(create) { call($0, json, &instance) }
        guard let instance else {
            throw SondeError(
                .internal, "The \(kind) '\(id)' made no instance and gave no reason.", plugin: plugin)
        }
        return instance
    }
}
