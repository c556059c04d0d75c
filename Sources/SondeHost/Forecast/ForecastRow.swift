/// Cells of a study that differ in seed, task or unit alone.
struct ForecastRow: Sendable {
    /// What they are: `tune tiny/cb`.
    let title: String
    let kind: CellKind
    /// How many there are.
    var count = 0
    /// How many of them are finished, or are the same as others.
    var finished = 0
    /// Of those to do of which something is known.
    var known = 0
    var time = WorkTime.zero
    /// Of the largest.
    var peakMemory = 0
    /// Of all to do.
    var bytes = 0
    var basis: Set<CellEstimate.Basis> = []
    /// Why of some nothing is known.
    var reasons: [String] = []

    /// The rows of a forecast in the order of their first cells.
    static func rows(of entries: [StudyForecast.Entry]) -> [ForecastRow] {
        var rows: [ForecastRow] = []
        for entry in entries {
            let title = entry.cell.group
            let index = rows.firstIndex { $0.title == title } ?? rows.endIndex
            if index == rows.endIndex { rows.append(ForecastRow(title: title, kind: entry.cell.kind)) }
            rows[index].add(entry)
        }
        return rows
    }

    private init(title: String, kind: CellKind) {
        self.title = title
        self.kind = kind
    }

    private mutating func add(_ entry: StudyForecast.Entry) {
        count += 1
        switch entry.estimate {
        case nil: finished += 1
        case .failure(let unknown):
            if !reasons.contains(unknown.reason) { reasons.append(unknown.reason) }
        case .success(let estimate):
            known += 1
            time += entry.time
            peakMemory = max(peakMemory, entry.peakMemory)
            bytes += estimate.bytes
            basis.insert(estimate.basis)
        }
    }
}

extension Cell {
    /// What cells are called that stand in one row.
    fileprivate var group: String {
        switch work {
        case .majority: "majority"
        case .metric(let metric): metric.id
        case .compare(let metric): "\(metric.id) compared"
        case .tune(let model, let task, _, _): "tune \(model.name)/\(task.name)"
        case .tuneModel(let model, let task, _, _, _): "tune the model of \(model.name)/\(task.name)"
        case .evaluate(let model, let task, _, _):
            "evaluate \(model.name)/\(task.name)"
                + (inputs.contains { $0.role == .prompt } ? "" : " without a prompt")
        case .measure: title.split(separator: ":").first.map(String.init) ?? title
        case .plan, .conclude: title
        }
    }
}
