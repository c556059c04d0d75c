import SondeSDK

let plugin = Plugin(
    id: "org.example.prompt-norms", version: "1.0.0", licence: "Apache-2.0",
    components: [
        .probe(
            ProbeDescriptor(
                id: "prompt-norms", summary: "How long the rows of a prompt have grown while it was tuned",
                options: [
                    OptionDeclaration(
                        "per-row", .boolean, default: false, "Whether the table lists every row")
                ])
        ) { options, _ in
            PromptNorms(listsRows: try options.boolean("per-row"))
        }
    ])

/// The one function that a plugin exports.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }

/// Compares the Euclidean norm of every row of a tuned prompt with its norm before the first step.
final class PromptNorms: Probe {
    private let listsRows: Bool

    init(listsRows: Bool) {
        self.listsRows = listsRows
    }

    func plan(_ study: StudyOutline) -> [ProbeUnit] {
        study.prompts.map { ProbeUnit(id: $0.name, prompts: [$0.name]) }
    }

    func measure(_ unit: ProbeUnit, with services: any ProbeServices) throws -> Measurement {
        let name = unit.prompts[0]
        let tuned = norms(of: try services.prompt(name).values)
        let initial = norms(of: try services.initialPrompt(name))
        return Measurement(json: [
            "tuned": .array(tuned.map { .number($0) }), "initial": .array(initial.map { .number($0) }),
        ])
    }

    func conclude(_ units: [ProbeUnit], with services: any ProbeServices) throws -> Findings {
        var rows: [[Table.Cell]] = []
        for unit in units {
            let measurement = try services.measurement(of: unit.id)
            let tuned = measurement["tuned"]?.arrayValue?.compactMap(\.doubleValue) ?? []
            let initial = measurement["initial"]?.arrayValue?.compactMap(\.doubleValue) ?? []
            rows.append([.text(unit.id), .text("all"), .number(mean(initial)), .number(mean(tuned))])
            guard listsRows else { continue }
            for (row, (before, after)) in zip(initial, tuned).enumerated() {
                rows.append([.text(unit.id), .text("\(row)"), .number(before), .number(after)])
            }
        }
        let table = Table(
            title: "Norms of prompt rows",
            columns: [
                Table.Column("prompt"), Table.Column("row"), Table.Column("before"), Table.Column("after"),
            ],
            rows: rows,
            note:
                "Euclidean norms; means over rows where the row is 'all'. The baseline is the norm before tuning."
        )
        return Findings(tables: [table])
    }

    /// The Euclidean norm of each row of `[rows × width]`.
    private func norms(of matrix: DenseTensor) -> [Double] {
        (0..<matrix.shape[0]).map { row in
            let values = matrix.values[(row * matrix.shape[1])..<((row + 1) * matrix.shape[1])]
            return values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
    }

    private func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
