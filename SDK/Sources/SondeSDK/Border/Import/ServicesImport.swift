import CSonde
import SondeJSON

/// The host's services behind the protocol that probe authors use.
final class ImportedServices: ProbeServices {
    private let pointer: UnsafePointer<sonde_services>
    private let table: sonde_services
    private let errors = ErrorSource.alreadyReported
    private var models: [String: ImportedModel] = [:]

    init(_ pointer: UnsafePointer<sonde_services>?) throws {
        guard let pointer else { throw SondeError.invalidArgument("A probe was called without services.") }
        self.pointer = pointer
        table = covered(pointer)
    }

    func model(_ name: String) throws -> any Model {
        if let model = models[name] { return model }
        var functions: UnsafePointer<sonde_model_table>?
        var instance: OpaquePointer?
        try errors.call(table.model) { $0(pointer, name, &functions, &instance) }
        guard let functions, let instance else {
            throw SondeError(.internal, "The host lent no model '\(name)'.")
        }
        let model = ImportedModel(table: functions, instance: instance, ownership: .borrowed, errors: errors)
        models[name] = model
        return model
    }

    func prompt(_ name: String) throws -> TunedPrompt {
        var values = sonde_tensor()
        let facts = try collecting { sink in
            try errors.call(table.prompt) { $0(pointer, name, &values, sink) }
        }
        return TunedPrompt(
            values: try DenseTensor(copying: values),
            facts: try decoded(PromptFacts.self, from: facts, what: "history of prompt '\(name)'"))
    }

    func initialPrompt(_ name: String) throws -> DenseTensor {
        var values = sonde_tensor()
        try errors.call(table.initial_prompt) { $0(pointer, name, &values) }
        return try DenseTensor(copying: values)
    }

    func measurement(of unit: String, by probe: String?) throws -> JSONValue {
        let json = try collecting { sink in
            try errors.call(table.measurement) { $0(pointer, probe, unit, sink) }
        }
        return try parsed(json, what: "measurement of '\(unit)'")
    }

    func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor {
        var tensor = sonde_tensor()
        try errors.call(table.measurement_tensor) { $0(pointer, probe, unit, name, &tensor) }
        return try DenseTensor(copying: tensor)
    }

    func rows(task: String, split: String, model: String, promptRows: Int, _ range: Range<Int>) throws -> Rows
    {
        var rows = sonde_rows()
        rows.struct_size = size(of: sonde_rows.self)
        try errors.call(table.rows) {
            $0(
                pointer, task, split, model, UInt64(promptRows), UInt64(range.lowerBound),
                UInt64(range.count), &rows)
        }
        return try Rows(copying: &rows)
    }

    func randomKey(_ name: String) -> UInt64 { table.random_key?(pointer, name) ?? 0 }

    func emit(_ tensor: DenseTensor, named name: String) throws {
        let scratch = Scratch()
        var lent = tensor.lent(in: scratch)
        try withExtendedLifetime(scratch) {
            try errors.call(table.emit_tensor) { $0(pointer, name, &lent) }
        }
    }
}
