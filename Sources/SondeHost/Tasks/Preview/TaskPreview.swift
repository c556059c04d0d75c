import Foundation
public import SondeSDK

/// A task as people check it before they tune anything: what is in the data, and what a model would read.
public struct TaskPreview {
    /// Texts of a split whose lengths are counted at most.
    private static let measuredCount = 2000

    let task: TaskRequest
    let model: (any Model)?
    let promptRows: Int
    let description: DatasetDescription
    let binding: TaskBinding
    private let facts: [SplitFacts]
    private let shared: [SharedRows]
    /// Some examples of each split, and the same as rows of the model.
    let sample: SampledDataset
    let encoded: EncodedTask?

    /// Counts labels, lengths and shared examples.
    /// - Parameters:
    ///   - model: whose tokens are counted; without one, words are.
    ///   - promptRows: rows of the prompt that must fit beside a text.
    ///   - seed: by which texts are drawn where there are many.
    /// - Throws: ``HostError`` for a wording that does not fit the dataset, and what the dataset throws.
    public init(_ task: TaskRequest, model: (any Model)?, promptRows: Int, seed: Int) throws {
        self.task = task
        self.model = model
        self.promptRows = promptRows
        let dataset = task.dataset
        let description = try dataset.description()
        let binding = try TaskBinding(task.definition, dataset: description, card: model?.card)
        let sample = try SampledDataset(
            dataset, sampling: RowSampling(limit: .all(Self.measuredCount), seed: seed))
        let encoded = try model.map {
            try EncodedTask(task.definition, dataset: sample, model: $0, promptRows: promptRows)
        }
        facts = try description.splits.map { split in
            try SplitFacts(
                split, of: dataset, labels: description.labels.count,
                lengths: Self.lengths(of: split.name, encoded, sample, binding))
        }
        let names = description.splits.map(\.name)
        shared = try names.indices.dropLast().flatMap { first in
            try names[(first + 1)...].map {
                try SharedRows(names[first], $0, of: binding, in: dataset)
            }
        }.filter { $0.count > 0 }
        (self.description, self.binding) = (description, binding)
        (self.sample, self.encoded) = (sample, encoded)
    }

    /// Everything, in columns of a terminal.
    /// - Parameters:
    ///   - split: whose lengths and examples are shown; `nil` for the first.
    ///   - examples: how many are shown, with different labels as far as possible.
    /// - Throws: ``HostError`` for an unknown split, and what the model throws.
    public func text(split: String?, examples: Int, columns: Int, isColoured: Bool) throws -> String {
        let names = description.splits.map(\.name)
        let split = split ?? names.first ?? ""
        guard let shown = facts.first(where: { $0.split.name == split }) else {
            throw HostError.data(
                "There is no split '\(split)', only \(names.joined(separator: ", "))"
                    + NearestName.sentenceEnd(for: split, among: names))
        }
        let paint = Paint(isOn: isColoured)
        func rendered(_ table: Table) -> String {
            TableText.rendered(table, width: columns, isColoured: isColoured)
        }
        var parts = [rendered(labelTable), rendered(lengthTable)]
        parts.append(
            ([paint.bold("Lengths of \(split) (\(unit))")] + LengthHistogram(lengths: shown.lengths).lines)
                .joined(separator: "\n") + "\n")
        let sentences = description.notes + shared.map { $0.sentence(task: task.definition.name) }
        if !sentences.isEmpty { parts.append(sentences.map { $0 + "\n" }.joined()) }
        parts.append(try wording(paint))
        for index in try choice(of: examples, split) {
            parts.append(try example(index, of: shown.split, columns, paint))
        }
        return parts.joined(separator: "\n")
    }
}

extension TaskPreview {
    private var unit: String { model == nil ? "words" : "tokens" }

    private static func lengths(
        of split: String, _ encoded: EncodedTask?, _ sample: SampledDataset, _ binding: TaskBinding
    ) throws -> (values: [Int], shortened: Int) {
        if let encoded {
            let rows = try encoded.rows(split: split)
            return (
                (0..<rows.count).map(rows.texts.count(of:)), try encoded.shortenedCount(split: split)
            )
        }
        let count = sample.description().splits.first { $0.name == split }?.count ?? 0
        let examples = try sample.examples(of: split, 0..<count)
        let words = (0..<count).map { index in
            binding.template.text(in: examples, index).split(whereSeparator: \.isWhitespace).count
        }
        return (words, 0)
    }

    /// A path as it is seen from the current directory.
    static func near(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    private var labelTable: Table {
        let rows = facts.map { facts -> [Table.Cell] in
            [.text(facts.split.name), .number(Double(facts.split.count))]
                + facts.labelCounts.map { count in facts.share(count).map { .number($0) } ?? .text("–") }
                + [
                    facts.majority.map { .number($0) } ?? .text("no labels"),
                    .text(Self.near(facts.split.file)),
                ]
        }
        return Table(
            title: "Labels of \(task.definition.name)",
            columns: [Table.Column("split"), Table.Column("examples", digits: 0)]
                + description.labels.map { Table.Column($0) } + [
                    Table.Column("majority"), Table.Column("file"),
                ],
            rows: rows,
            note: "The share of each label; majority is what answering the most frequent one scores.")
    }

    private var lengthTable: Table {
        let rows = facts.map { facts -> [Table.Cell] in
            let numbers = [facts.lengths.first, facts.median, facts.lengths.last].map { $0 ?? 0 }
            return [.text(facts.split.name), .number(Double(facts.lengths.count))]
                + numbers.map { .number(Double($0)) }
                + (model == nil ? [] : [.number(Double(facts.shortened))])
        }
        return Table(
            title: "Texts with their template, in \(unit)",
            columns: [Table.Column("split")]
                + (["texts", "shortest", "median", "longest"] + (model == nil ? [] : ["shortened"])).map {
                    Table.Column($0, digits: 0)
                },
            rows: rows,
            note: "Of larger splits \(Self.measuredCount) texts, drawn at random."
                + (model == nil
                    ? ""
                    : " shortened: those that lose words beside a prompt of \(promptRows) rows and the longest answer.")
        )
    }

    /// The template, and candidates that are the same for all examples.
    private func wording(_ paint: Paint) throws -> String {
        var lines = [paint.bold("Wording")]
        if case .named(let name) = task.definition.wording { lines.append("name      \(name)") }
        let others = description.templates.map(\.name).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        if !others.isEmpty { lines.append("brought   \(others.joined(separator: ", "))") }
        lines.append("template  \(VisibleText.line(binding.template.template.source))")
        let prompt = try task.definition.wording.prompt(
            for: model?.card, in: description, task: task.definition.name)
        if let prompt { lines.append("begins as \(VisibleText.line(prompt))") }
        let rows = try zip(description.labels, binding.candidates).map { label, candidate in
            ["  \(label)", try answer(candidate.template.source, isFixed: candidate.columns.isEmpty)]
        }
        let aligned = AlignedText(rows)
        return (lines + ["candidates"] + rows.map(aligned.line)).map { $0 + "\n" }.joined()
    }

    /// A candidate with its ids, if it is the same for all examples.
    private func answer(_ text: String, isFixed: Bool) throws -> String {
        guard let model, isFixed else { return "'\(VisibleText.line(text))'" }
        let ids = try model.encode([text], as: .candidate)[0]
        let tokens = try ids.map { "\(VisibleText.token(try model.text(ofToken: $0) ?? "")) \($0)" }
        return "'\(VisibleText.line(text))'  \(tokens.joined(separator: ", "))"
    }
}
