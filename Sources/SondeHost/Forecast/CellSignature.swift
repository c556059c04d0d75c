import SondeJSON
import SondeSDK

/// What makes two cells alike enough to take the same: their component with its options, models, tasks, and how much they
/// read.
struct CellSignature: Hashable {
    private let words: [String]

    /// - Parameter task: the task of the answers that a metric judges.
    init(_ record: CellRecord, task: String? = nil) throws {
        // Keys in alphabetical order, as in the records of finished cells.
        let work = try JSONValue(encoding: record.work)
        var words = [record.kind.rawValue, task ?? ""]
        switch record.kind {
        case .measure:
            words += ["probe", "models", "tasks"].flatMap { Self.values(work[$0]) }
            words += Self.words(of: try work["unit"]?.decoded(as: ProbeUnit.self))
        case .conclude:
            words += Self.values(work["probe"])
            words.append("\(record.inputs.count)")
        case .compare: words += [work.text(), "\(record.inputs.count)"]
        case .plan, .majority, .evaluate, .tune, .metric: words.append(work.text())
        }
        self.words = words
    }

    /// The values of an object as texts, in their own order, so that the study's names do not count.
    private static func values(_ value: JSONValue?) -> [String] {
        (value?.objectValue?.map { $0.value.text() } ?? []).sorted()
    }

    /// What a unit reads, seeds left out, and what its probe has written into it besides names: which step it is, say.
    private static func words(of unit: ProbeUnit?) -> [String] {
        guard let unit else { return [] }
        let names = Set([unit.id] + unit.prompts + unit.models + unit.tasks)
        let parameters = unit.parameters.objectValue?.compactMap { member in
            member.value.stringValue.flatMap { names.contains($0) ? nil : "\(member.key)=\($0)" }
        }
        let prompts = unit.prompts.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
        return prompts.sorted() + ["\(unit.measurements.count)"] + (parameters ?? []).sorted()
    }
}
