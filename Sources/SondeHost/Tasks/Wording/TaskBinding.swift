public import SondeSDK

/// A task whose names have been checked against its dataset; nothing has been read or encoded yet.
public struct TaskBinding: Sendable {
    /// A template with the dataset's column for each of its fields.
    struct BoundTemplate: Sendable {
        let template: Template
        /// Indices of the dataset's columns, one for each field of the template.
        let columns: [Int]

        /// The values of the template's fields in one example.
        func values(in examples: Examples, _ index: Int) -> [String] {
            columns.map { examples.columns[$0][index] }
        }

        /// The text of one example.
        func text(in examples: Examples, _ index: Int) -> String {
            template.text(values(in: examples, index))
        }
    }

    /// The task.
    public let definition: TaskDefinition
    /// The dataset's labels.
    public let labels: [String]
    /// What the user should know, one sentence each.
    public let warnings: [String]
    let template: BoundTemplate
    /// One for each label.
    let candidates: [BoundTemplate]

    /// Checks a task against what is known of its dataset.
    /// - Parameter card: the model that reads it, which decides among the variants of a named template; `nil` for the
    ///   first.
    /// - Throws: ``HostError`` for a named template that there is not, for a malformed template, an unknown field (with the nearest known name), labels without
    ///   candidates, and two labels with the same candidate.
    public init(
        _ definition: TaskDefinition, dataset: DatasetDescription, card: ModelCard? = nil
    ) throws(HostError) {
        self.definition = definition
        labels = dataset.labels
        let texts = try definition.wording.texts(for: card, in: dataset, task: definition.name)
        template = try Self.bound(texts.template, "template", of: definition.name, to: dataset.fields)
        var candidates: [BoundTemplate] = []
        for text in try texts.candidates.ordered(by: dataset.labels, task: definition.name) {
            candidates.append(try Self.bound(text, "candidate", of: definition.name, to: dataset.fields))
        }
        let sources = candidates.map(\.template.source)
        if let twice = sources.first(where: { source in sources.count { $0 == source } > 1 }) {
            throw .data(
                "Task '\(definition.name)' has the candidate '\(twice)' for two labels; tell them apart.")
        }
        if let empty = sources.firstIndex(of: "") {
            throw .data("Task '\(definition.name)' has an empty candidate for the label '\(labels[empty])'.")
        }
        self.candidates = candidates
        // Whoever names a template takes its spaces as they are.
        warnings =
            if case .written = definition.wording {
                Self.warnings(about: definition, template.template, candidates.map(\.template))
            } else {
                []
            }
    }

    /// Indices of the dataset's columns that template and candidates show.
    var columns: [Int] { Set(template.columns + candidates.flatMap(\.columns)).sorted() }

    /// Whether all examples have the same candidates.
    var hasFixedCandidates: Bool { candidates.allSatisfy { $0.columns.isEmpty } }

    private static func bound(
        _ source: String, _ part: String, of task: String, to fields: [String]
    ) throws(HostError) -> BoundTemplate {
        let template: Template
        do {
            template = try Template(source)
        } catch {
            throw .data("The \(part) '\(source)' of task '\(task)': \(error).")
        }
        var columns: [Int] = []
        for field in template.fields {
            guard let column = fields.firstIndex(of: field) else {
                throw .data(
                    "The \(part) of task '\(task)' names the field '\(field)', which the dataset does not have (it has "
                        + "\(fields.joined(separator: ", ")))\(NearestName.sentenceEnd(for: field, among: fields))"
                )
            }
            columns.append(column)
        }
        return BoundTemplate(template: template, columns: columns)
    }

    /// Where neither the template's end nor a candidate's beginning has a space, the words run together.
    private static func warnings(
        about definition: TaskDefinition, _ template: Template, _ candidates: [Template]
    ) -> [String] {
        if case .literal(let end)? = template.pieces.last, end.last?.isWhitespace == true { return [] }
        return candidates.compactMap { candidate in
            if case .literal(let beginning)? = candidate.pieces.first, beginning.first?.isWhitespace == true {
                return nil
            }
            return
                "In task '\(definition.name)' the candidate '\(candidate.source)' follows the template without a "
                + "space; if that is not meant, write ' \(candidate.source)'."
        }
    }
}
