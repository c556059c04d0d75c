public import SondeSDK

extension StudyForecast {
    /// A row for cells that differ in seed, task or unit alone, and one for all of them.
    public var table: Table {
        let rows = ForecastRow.rows(of: entries)
        return Table(
            title: "Plan of \(study)",
            columns: [
                Table.Column("cells"), Table.Column("number", digits: 0), Table.Column("done", digits: 0),
            ]
                + ["time each", "time", "peak memory", "disk"].map { Table.Column($0) },
            rows: rows.map(cells) + [total(rows)], note: note(rows))
    }

    /// What the user should know before the study is run, one sentence each.
    public var warnings: [String] {
        var warnings = failures.map { "\($0.title) failed: \($0.reason)" }
        let peak = peakMemory * workers
        if let machineMemory, peak > machineMemory {
            warnings.append(
                "\(workers) \(workers == 1 ? "worker needs" : "workers need") up to \(QuantityText.size(peak)) of "
                    + "memory together, but there are \(QuantityText.size(machineMemory)); use fewer workers or lower "
                    + "'tokens_per_pass'.")
        }
        return warnings
    }

    /// The most memory of one worker, in bytes.
    var peakMemory: Int {
        entries.map(\.peakMemory).max() ?? 0
    }

    private func cells(_ row: ForecastRow) -> [Table.Cell] {
        let isKnown = row.known > 0
        let missing = Table.Cell.text(row.finished == row.count ? "" : "unknown")
        return [
            .text(row.title), .number(Double(row.count)), .number(Double(row.finished)),
            isKnown ? .text(QuantityText.time(row.time.seconds / Double(row.known))) : missing,
            isKnown ? .text(QuantityText.time(row.time.seconds)) : missing,
            isKnown ? .text(QuantityText.size(row.peakMemory)) : missing,
            isKnown ? .text(QuantityText.size(row.bytes)) : missing,
        ]
    }

    private func total(_ rows: [ForecastRow]) -> [Table.Cell] {
        [
            .text("all, \(workers) \(workers == 1 ? "worker" : "workers")"),
            .number(Double(entries.count)), .number(Double(entries.count { $0.isFinished })), .text(""),
            .text(QuantityText.time(preparation + seconds)), .text(QuantityText.size(peakMemory)),
            .text(QuantityText.size(rows.reduce(0) { $0 + $1.bytes })),
        ]
    }

    private func note(_ rows: [ForecastRow]) -> String {
        var sentences = [
            "Measured just now on this machine with \(threads) \(threads == 1 ? "thread" : "threads") a worker: passes "
                + "over real rows, multiplied by what is to do; other cells were tried, probes on prompts of one step.",
            "Time includes \(QuantityText.time(preparation)) of loading models and data before the first cell; it is "
                + "longer while others use the machine. Peak memory is that of one worker.",
        ]
        if rows.contains(where: { $0.basis.contains(.earlier) }) {
            sentences.append("Some probes are judged by cells like theirs in the store.")
        }
        if hasPatience { sentences.append("A tuning that stops early takes less.") }
        if checkpointBytes > 0 {
            sentences.append(
                "While prompts are tuned, checkpoints take up to \(QuantityText.size(checkpointBytes)).")
        }
        for reason in Set(rows.flatMap(\.reasons)).sorted() {
            let titles = rows.filter { $0.reasons.contains(reason) }.map(\.title).joined(separator: ", ")
            sentences.append("Unknown, and not in the sums: \(titles), because \(reason)")
        }
        return sentences.joined(separator: " ")
    }
}
