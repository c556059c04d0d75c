import CSonde
import SondeJSON

/// The C functions of probes.
enum ProbeExport {
    typealias Box = Instance<any Probe>

    nonisolated(unsafe) static let table: UnsafePointer<sonde_probe_table> = {
        let memory = UnsafeMutablePointer<sonde_probe_table>.allocate(capacity: 1)
        memory.initialize(to: functions)
        return UnsafePointer(memory)
    }()

    private static var functions: sonde_probe_table {
        var table = sonde_probe_table()
        table.struct_size = size(of: sonde_probe_table.self)
        table.create = { host, component, options, result in
            Box.create(host, component, options, result) { component, options, host in
                guard case .probe(_, let create) = component else { return nil }
                return try create(options, host)
            }
        }
        table.destroy = { Box.release($0) }
        table.plan = { probe, study, sink in
            Box.use(probe) { box in
                let outline = try decoded(StudyOutline.self, from: text(study), what: "study")
                try sink?.write(json: box.value.plan(outline))
            }
        }
        table.measure = { probe, unit, services, sink in
            Box.use(probe) { box in
                let unit = try decoded(ProbeUnit.self, from: text(unit), what: "unit")
                let services = try ImportedServices(services)
                let measurement = try box.value.measure(unit, with: services)
                for (name, tensor) in measurement.tensors.sorted(by: { $0.key < $1.key }) {
                    try services.emit(tensor, named: name)
                }
                sink?.write(measurement.json.text())
            }
        }
        table.conclude = { probe, units, services, sink in
            Box.use(probe) { box in
                let units = try decoded([ProbeUnit].self, from: text(units), what: "list of units")
                try sink?.write(json: box.value.conclude(units, with: try ImportedServices(services)))
            }
        }
        return table
    }
}
