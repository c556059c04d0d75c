import CSonde
import SondeJSON

/// A host's services for one step of a probe, as a table; what it lends lives as long as this object.
final class ExportedServices {
    private let services: any ProbeServices
    private let host: HostTable
    private let scratch = Scratch()
    private var models: [String: OpaquePointer] = [:]
    /// Tensors that the probe has added to its measurement.
    private(set) var emitted: [String: DenseTensor] = [:]

    /// - Parameter host: told why a service failed.
    init(_ services: any ProbeServices, host: HostTable) {
        self.services = services
        self.host = host
    }

    deinit {
        for model in models.values { ModelExport.Box.release(model) }
    }

    /// Calls `body` with the table.
    func withTable<Result>(_ body: (UnsafePointer<sonde_services>) throws -> Result) rethrows -> Result {
        var table = sonde_services()
        table.struct_size = size(of: sonde_services.self)
        table.context = Unmanaged.passUnretained(self).toOpaque()
        Self.addInputs(to: &table)
        table.model = { table, name, functions, model in
            ExportedServices.use(table) { try $0.lendModel(text(name), functions, model) }
        }
        table.random_key = { table, name in ExportedServices.from(table)?.services.randomKey(text(name)) ?? 0
        }
        table.emit_tensor = { table, name, tensor in
            ExportedServices.use(table) { services in
                guard let tensor else {
                    throw SondeError.invalidArgument("emit_tensor was called without a tensor.")
                }
                services.emitted[text(name)] = try DenseTensor(copying: tensor.pointee)
            }
        }
        return try withExtendedLifetime(self) { try body(&table) }
    }

    private static func addInputs(to table: inout sonde_services) {
        table.prompt = { table, name, values, facts in
            ExportedServices.use(table) { services in
                let prompt = try services.services.prompt(text(name))
                values?.pointee = prompt.values.lent(in: services.scratch)
                try facts?.write(json: prompt.facts)
            }
        }
        table.initial_prompt = { table, name, values in
            ExportedServices.use(table) { services in
                values?.pointee = try services.services.initialPrompt(text(name)).lent(in: services.scratch)
            }
        }
        table.measurement = { table, probe, unit, json in
            ExportedServices.use(table) { services in
                json?.write(
                    try services.services.measurement(of: text(unit), by: probe.map { SondeSDK.text($0) })
                        .text())
            }
        }
        table.measurement_tensor = { table, probe, unit, name, tensor in
            ExportedServices.use(table) { services in
                let value = try services.services.tensor(
                    text(name), of: text(unit), by: probe.map { SondeSDK.text($0) })
                tensor?.pointee = value.lent(in: services.scratch)
            }
        }
        table.rows = { table, task, split, model, promptRows, first, count, rows in
            ExportedServices.use(table) { services in
                guard let rows else {
                    throw SondeError.invalidArgument("rows was called without a place for them.")
                }
                let read = try services.services.rows(
                    task: text(task), split: text(split), model: text(model), promptRows: Int(promptRows),
                    Int(first)..<Int(first + count))
                write(read.lent(in: services.scratch), covering: rows)
            }
        }
    }

    private func lendModel(
        _ name: String, _ functions: UnsafeMutablePointer<UnsafePointer<sonde_model_table>?>?,
        _ pointer: UnsafeMutablePointer<OpaquePointer?>?
    ) throws {
        let model = try services.model(name)
        if let imported = model as? ImportedModel {
            functions?.pointee = imported.table
            pointer?.pointee = imported.instance
            return
        }
        let instance = models[name] ?? ModelExport.Box(model, host: host).retained()
        models[name] = instance
        functions?.pointee = ModelExport.table
        pointer?.pointee = instance
    }

    private static func from(_ table: UnsafePointer<sonde_services>?) -> ExportedServices? {
        table?.pointee.context.map { Unmanaged<ExportedServices>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func use(
        _ table: UnsafePointer<sonde_services>?, _ body: (ExportedServices) throws -> Void
    ) -> sonde_status {
        guard let services = from(table) else { return SondeError.Code.invalidArgument.rawValue }
        return reporting(to: services.host) { try body(services) }
    }
}
