/// A template with its candidates that a dataset brings, so that a study can ask for it by name.
///
/// Several may share a name: each is then for other models, as a paper words a task for one architecture in one way and
/// for another in another.
public struct NamedTemplate: Sendable, Codable, Hashable {
    /// Its name: `neutral`, `paper-a`.
    public var name: String
    /// The text of an example, with fields in braces.
    public var text: String
    /// One candidate a label, in the order of the labels, with fields in braces.
    public var candidates: [String]
    /// The architectures (`causal`, `masked`, `seq2seq`) and `model_type`s that it is for; none stands for all.
    public var models: [String]
    /// The words that a soft prompt for it begins as, where whoever wrote the template says so.
    public var prompt: String?

    /// A template.
    public init(
        name: String, text: String, candidates: [String], models: [String] = [], prompt: String? = nil
    ) {
        self.name = name
        self.text = text
        self.candidates = candidates
        self.models = models
        self.prompt = prompt
    }

    /// Reads what a dataset says; `models` and `prompt` may be absent.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        text = try container.decode(String.self, forKey: .text)
        candidates = try container.decode([String].self, forKey: .candidates)
        models = try container.decodeIfPresent([String].self, forKey: .models) ?? []
        prompt = try container.decodeIfPresent(String.self, forKey: .prompt)
    }
}
