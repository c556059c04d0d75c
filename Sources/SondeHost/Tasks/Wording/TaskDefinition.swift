/// How examples of a dataset become texts with candidate answers.
public struct TaskDefinition: Codable, Sendable, Hashable {
    /// The task's name in the study.
    public var name: String
    /// Its template and candidates.
    public var wording: TaskWording
    /// What of a candidate counts.
    public var scoring: CandidateScoring
    /// Most tokens of a sequence, prompt and answer included; `nil` for what the model allows.
    public var maximumTokens: Int?

    /// A task.
    public init(
        name: String, wording: TaskWording, scoring: CandidateScoring = .sequence, maximumTokens: Int? = nil
    ) {
        self.name = name
        self.wording = wording
        self.scoring = scoring
        self.maximumTokens = maximumTokens
    }

    /// A task whose wording is written out: the text of an example (see ``Template``), and one candidate a label, each a
    /// template, too.
    public init(
        name: String, template: String, candidates: CandidateTexts, scoring: CandidateScoring = .sequence,
        maximumTokens: Int? = nil
    ) {
        self.init(
            name: name, wording: .written(template: template, candidates: candidates), scoring: scoring,
            maximumTokens: maximumTokens)
    }
}

/// What of a candidate is scored, and learned.
public enum CandidateScoring: String, Codable, Sendable, CaseIterable {
    /// All of its tokens, and while learning the end token.
    case sequence
    /// Its first token alone, as paper A scores an encoder-decoder.
    case firstToken = "first-token"
}

/// The candidates as a study gives them.
public enum CandidateTexts: Sendable, Hashable {
    /// In the order of the dataset's labels.
    case inLabelOrder([String])
    /// By the label's name.
    case byLabel([String: String])
}

extension CandidateTexts: Codable {
    /// Reads a list or a map.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let texts = try? container.decode([String].self) {
            self = .inLabelOrder(texts)
        } else {
            self = .byLabel(try container.decode([String: String].self))
        }
    }

    /// Writes a list or a map.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .inLabelOrder(let texts): try container.encode(texts)
        case .byLabel(let texts): try container.encode(texts)
        }
    }
}

extension CandidateTexts {
    /// The candidates in the order of `labels`.
    /// - Throws: ``HostError`` for a label without a candidate and a candidate without a label.
    func ordered(by labels: [String], task: String) throws(HostError) -> [String] {
        switch self {
        case .inLabelOrder(let texts):
            guard texts.count == labels.count else {
                throw .data(
                    "Task '\(task)' has \(texts.count) candidates for \(labels.count) labels "
                        + "(\(labels.joined(separator: ", "))); give one each.")
            }
            return texts
        case .byLabel(let texts):
            if let stranger = texts.keys.sorted().first(where: { !labels.contains($0) }) {
                throw .data(
                    "Task '\(task)' has a candidate for '\(stranger)', but the labels are "
                        + labels.joined(separator: ", ")
                        + NearestName.sentenceEnd(for: stranger, among: labels))
            }
            var ordered: [String] = []
            for label in labels {
                guard let text = texts[label] else {
                    throw .data("Task '\(task)' has no candidate for the label '\(label)'.")
                }
                ordered.append(text)
            }
            return ordered
        }
    }
}
