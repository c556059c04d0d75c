import SondeSDK

/// The units of a probe, checked against its study, each after those of its own that it reads.
struct ProbePlan {
    let units: [ProbeUnit]

    /// Checks what a probe has planned.
    /// - Throws: ``HostError`` for an id that stands twice, a name that the study does not have, and units that wait for
    ///   each other, which it names.
    init(_ units: [ProbeUnit], of probe: String, in outline: StudyOutline) throws(HostError) {
        var known: Set<String> = []
        for unit in units where !known.insert(unit.id).inserted {
            throw .plugin("The probe '\(probe)' plans the unit '\(unit.id)' twice.")
        }
        let names = NamesOfStudy(outline, probe: probe, units: units)
        for unit in units { try names.check(unit) }
        self.units = try Self.ordered(units, of: probe)
    }

    /// Units after those that they read; otherwise in the given order.
    private static func ordered(_ units: [ProbeUnit], of probe: String) throws(HostError) -> [ProbeUnit] {
        var visit = UnitVisit(units: units, probe: probe)
        for unit in units { try visit.enter(unit) }
        return visit.ordered
    }
}

/// Walks from each unit to those that it reads.
private struct UnitVisit {
    let probe: String
    private let units: [String: ProbeUnit]
    private var path: [String] = []
    private var done: Set<String> = []
    private(set) var ordered: [ProbeUnit] = []

    init(units: [ProbeUnit], probe: String) {
        self.probe = probe
        self.units = Dictionary(units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func enter(_ unit: ProbeUnit) throws(HostError) {
        if done.contains(unit.id) { return }
        if let start = path.firstIndex(of: unit.id) {
            let cycle = (path[start...] + [unit.id]).map { "'\($0)'" }.joined(separator: " needs ")
            throw .plugin("The probe '\(probe)' plans units that wait for each other: \(cycle).")
        }
        path.append(unit.id)
        for input in unit.measurements where input.probe ?? probe == probe {
            if let needed = units[input.unit] { try enter(needed) }
        }
        path.removeLast()
        done.insert(unit.id)
        ordered.append(unit)
    }
}

/// All that a unit may ask for.
private struct NamesOfStudy {
    let probe: String
    let prompts: [String]
    let models: [String]
    let tasks: [String]
    let measurements: [String: [String]]

    init(_ outline: StudyOutline, probe: String, units: [ProbeUnit]) {
        self.probe = probe
        prompts = outline.prompts.map(\.name)
        models = outline.models.map(\.name)
        tasks = outline.tasks.map(\.name)
        var measurements = [probe: units.map(\.id)]
        for earlier in outline.probes { measurements[earlier.name] = earlier.units.map(\.id) }
        self.measurements = measurements
    }

    func check(_ unit: ProbeUnit) throws(HostError) {
        try check(unit.prompts, "prompt", among: prompts, in: unit)
        try check(unit.models, "model", among: models, in: unit)
        try check(unit.tasks, "task", among: tasks, in: unit)
        for input in unit.measurements {
            let owner = input.probe ?? probe
            try check([owner], "earlier probe", among: measurements.keys.sorted(), in: unit)
            try check([input.unit], "unit of '\(owner)'", among: measurements[owner] ?? [], in: unit)
        }
    }

    private func check(
        _ names: [String], _ kind: String, among known: [String], in unit: ProbeUnit
    ) throws(HostError) {
        for name in names where !known.contains(name) {
            throw .plugin(
                "The unit '\(unit.id)' of probe '\(probe)' needs the \(kind) '\(name)', which there is not"
                    + NearestName.sentenceEnd(for: name, among: known))
        }
    }
}
