import SondeJSON
import SondeSDK

/// How a task's examples become texts with candidate answers.
public enum TaskWording: Codable, Sendable, Hashable {
    /// As the study writes it; variants stand under the architecture or the type of the models that they are for.
    case written(template: String, candidates: CandidateTexts, variants: [String: WrittenVariant] = [:])
    /// As the dataset brings it, under a name; which variant, the model decides.
    case named(String)
}

/// A study's wording for some of its models.
public struct WrittenVariant: Codable, Sendable, Hashable {
    /// The text of an example, with fields in braces.
    public var template: String
    /// One for each label.
    public var candidates: CandidateTexts

    /// A variant.
    public init(template: String, candidates: CandidateTexts) {
        (self.template, self.candidates) = (template, candidates)
    }
}

extension TaskWording {
    /// Whether a study's template is the name of one, rather than a template itself.
    ///
    /// A template without a place for a field would be the same text for all examples.
    static func isName(_ template: String) -> Bool {
        template.allSatisfy { !$0.isWhitespace && $0 != "{" && $0 != "}" }
    }

    /// Template and candidates for a model.
    ///
    /// Of several variants the one for the model's type counts, then the one for its architecture, then the one for all.
    /// - Parameter card: the model; `nil` for what the study writes for all, or else the dataset's first variant.
    /// - Throws: ``HostError`` for a name that the dataset does not have, and one that is for other models.
    func texts(
        for card: ModelCard?, in dataset: DatasetDescription, task: String
    ) throws(HostError) -> (template: String, candidates: CandidateTexts) {
        switch self {
        case .written(let template, let candidates, let variants):
            guard let card, let found = variants[card.modelType] ?? variants[card.architecture.rawValue]
            else { return (template, candidates) }
            return (found.template, found.candidates)
        case .named(let name):
            let found = try variant(of: name, for: card, in: dataset, task: task)
            return (found.text, .inLabelOrder(found.candidates))
        }
    }

    /// The words that a soft prompt begins as, where the template's author says so.
    /// - Throws: ``HostError`` as ``texts(for:in:task:)``.
    func prompt(
        for card: ModelCard?, in dataset: DatasetDescription, task: String
    ) throws(HostError) -> String? {
        guard case .named(let name) = self else { return nil }
        return try variant(of: name, for: card, in: dataset, task: task).prompt
    }

    /// All that the texts of any model depend on.
    func identity(in dataset: DatasetDescription) throws -> JSONValue {
        switch self {
        case .written(let template, let candidates, let variants):
            [
                "template": .string(template), "candidates": try JSONValue(encoding: candidates),
                "variants": try JSONValue(encoding: variants),
            ]
        case .named(let name): try JSONValue(encoding: dataset.templates.filter { $0.name == name })
        }
    }

    private func variant(
        of name: String, for card: ModelCard?, in dataset: DatasetDescription, task: String
    ) throws(HostError) -> NamedTemplate {
        let variants = try variants(of: name, in: dataset, task: task)
        guard let found = variants.variant(for: card) else {
            let known = variants.flatMap(\.models).joined(separator: ", ")
            throw .data(
                "The template '\(name)' of task '\(task)' is for models of \(known), not for "
                    + "'\(card?.modelType ?? "")' (\(card?.architecture.rawValue ?? "")); name another or write one."
            )
        }
        return found
    }

    private func variants(
        of name: String, in dataset: DatasetDescription, task: String
    ) throws(HostError) -> [NamedTemplate] {
        let variants = dataset.templates.filter { $0.name == name }
        guard variants.isEmpty else { return variants }
        let known = dataset.templates.map(\.name).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let hint = NearestName.sentenceEnd(for: name, among: known)
        throw .data(
            known.isEmpty
                ? "The dataset of task '\(task)' brings no templates, so there is no '\(name)'; write one with fields in braces."
                : "The dataset of task '\(task)' brings no template '\(name)' (it has \(known.joined(separator: ", ")))\(hint)"
        )
    }
}

extension [NamedTemplate] {
    /// The variant for a model, the most particular one first.
    fileprivate func variant(for card: ModelCard?) -> NamedTemplate? {
        guard let card else { return first }
        return first { $0.models.contains(card.modelType) }
            ?? first { $0.models.contains(card.architecture.rawValue) } ?? first { $0.models.isEmpty }
    }
}
