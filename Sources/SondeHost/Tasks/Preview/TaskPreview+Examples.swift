import SondeSDK

extension TaskPreview {
    /// Examples with different labels as far as possible, and one that was shortened if there is one.
    func choice(of count: Int, _ split: String) throws -> [Int] {
        let size = sample.description().splits.first { $0.name == split }?.count ?? 0
        let labels = try sample.examples(of: split, 0..<size).labels
        var chosen = try Array((encoded?.shortenedRows(split: split) ?? []).prefix(min(1, count)))
        while chosen.count < min(count, size) {
            let seen = chosen.map { labels[$0] }
            func rank(_ index: Int) -> Int { seen.count { $0 == labels[index] } }
            let left = labels.indices.filter { !chosen.contains($0) }
            guard let next = left.min(by: { (rank($0), $0) < (rank($1), $1) }) else { break }
            chosen.append(next)
        }
        return chosen
    }

    func example(
        _ index: Int, of split: DatasetDescription.Split, _ columns: Int, _ paint: Paint
    ) throws -> String {
        let examples = try sample.examples(of: split.name, index..<(index + 1))
        let label = Int(examples.labels[0])
        let name = description.labels.indices.contains(label) ? description.labels[label] : "no label"
        let title = paint.bold("\(Self.near(split.file)):\(examples.lines[0])") + "  \(name)"
        let text = binding.template.text(in: examples, 0)
        guard let model, let encoded else {
            let answers = binding.candidates.enumerated().map { place, candidate in
                "\(place == label ? "→" : " ") '\(VisibleText.line(candidate.text(in: examples, 0)))'"
            }
            return ([title, VisibleText.block(text)] + answers).map { $0 + "\n" }.joined()
        }
        let row = try encoded.rows(split: split.name).subset([index])
        let prompt = try PreviewPrompt(rows: promptRows).prepared(for: model)
        let result = try model.run(Pass(rows: row, prompts: [prompt], wantsLayouts: true))
        guard let layout = result.layouts.first?.first else {
            throw HostError.plugin("The model gave no layout for an example.")
        }
        let preview = ExamplePreview(
            layout: layout, kept: Array(row.texts[0]), full: Array(try model.encode([text], as: .text)[0]),
            isScoredElsewhere: try model.card.architecture == .seq2seq, model: model)
        return
            ([title] + (try preview.lines(width: columns, paint: paint))
            + (try candidates(row, label: label, paint))).map { $0 + "\n" }.joined()
    }

    /// The candidates of an example with their tokens and ids; the right one has an arrow.
    private func candidates(_ row: Rows, label: Int, _ paint: Paint) throws -> [String] {
        guard let model else { return [] }
        return try row.candidateRange(of: 0).enumerated().map { place, candidate in
            let tokens = try row.candidates[candidate].map {
                paint.scored(VisibleText.token(try model.text(ofToken: $0) ?? "")) + " \($0)"
            }
            return "\(place == label ? "→" : " ") " + tokens.joined(separator: ", ")
        }
    }
}

/// The prompt beside which examples are shown: rows of zeros, since only its place matters.
private struct PreviewPrompt {
    let rows: Int

    func prepared(for model: any Model) throws -> (any PreparedPrompt)? {
        guard rows > 0 else { return nil }
        let width = try model.card.width
        return try model.prepare(
            SoftPrompt(values: Array(repeating: 0, count: rows * width), rows: rows, width: width))
    }
}
