import CSonde
import SondeJSON

/// A probe behind C functions.
final class ImportedProbe: Probe {
    private let instance: OpaquePointer
    private let functions: sonde_probe_table
    private let errors: ErrorSource
    private let host: HostTable

    init(functions: sonde_probe_table, instance: OpaquePointer, errors: ErrorSource, host: HostTable) {
        self.functions = functions
        self.instance = instance
        self.errors = errors
        self.host = host
    }

    deinit { functions.destroy?(instance) }

    func plan(_ study: StudyOutline) throws -> [ProbeUnit] {
        let outline = try JSONValue(encoding: study).text()
        let json = try collecting { sink in try errors.call(functions.plan) { $0(instance, outline, sink) } }
        return try decoded([ProbeUnit].self, from: json, what: "probe's plan")
    }

    func measure(_ unit: ProbeUnit, with services: any ProbeServices) throws -> Measurement {
        let exported = ExportedServices(services, host: host)
        let unit = try JSONValue(encoding: unit).text()
        let json = try exported.withTable { table in
            try collecting { sink in try errors.call(functions.measure) { $0(instance, unit, table, sink) } }
        }
        return Measurement(
            json: try parsed(json, what: "probe's measurement"),
            tensors: exported.emitted)
    }

    func conclude(_ units: [ProbeUnit], with services: any ProbeServices) throws -> Findings {
        let exported = ExportedServices(services, host: host)
        let units = try JSONValue(encoding: units).text()
        let json = try exported.withTable { table in
            try collecting { sink in try errors.call(functions.conclude) { $0(instance, units, table, sink) }
            }
        }
        return try decoded(Findings.self, from: json, what: "probe's findings")
    }
}
