public import SondeSDK

/// A task's examples as a model reads them: rendered by the template, shortened where they must be, as tokens.
///
/// A split is encoded when it is first asked for and then kept. Template, candidates and prompt are never cut: a text
/// that is too long loses words of its longest field.
public final class EncodedTask {
    /// The task and its labels.
    public let binding: TaskBinding
    /// Rows of the prompt that must fit beside a text.
    public let promptRows: Int
    private let encoder: SplitEncoder
    private let splits: [DatasetDescription.Split]
    private var encoded: [String: EncodedSplit] = [:]
    /// The time in which examples were read and encoded.
    private(set) var encodingTime = WorkTime.zero

    /// A task on a dataset and a model.
    /// - Throws: ``HostError`` if the task does not fit the dataset; see ``TaskBinding``.
    public init(
        _ definition: TaskDefinition, dataset: any Dataset, model: any Model, promptRows: Int
    ) throws {
        let description = try dataset.description()
        binding = try TaskBinding(definition, dataset: description, card: model.card)
        splits = description.splits
        self.promptRows = promptRows
        encoder = SplitEncoder(binding: binding, dataset: dataset, model: model, promptRows: promptRows)
    }

    /// Names of the labels; candidate i of a row stands for label i.
    public var labels: [String] { binding.labels }

    /// All examples of a split with one candidate a label.
    /// - Throws: ``HostError`` for an unknown split and for an example that cannot be encoded.
    public func rows(split: String) throws -> Rows { try encodedSplit(split).rows }

    /// All examples of a split with one candidate each: what the model is to say.
    /// - Parameter endToken: whether the end token follows the right candidate.
    /// - Throws: ``HostError`` as ``rows(split:)``, and for an example without a label.
    public func targets(split: String, endToken: Bool = true) throws -> Rows {
        let whole = try encodedSplit(split)
        var targets = Rows()
        for row in 0..<whole.rows.count {
            let label = Int(whole.rows.labels[row])
            guard label >= 0 else {
                throw HostError.data(
                    "\(whole.file):\(whole.rows.lines[row]): the example has no label, so nothing can be learned from it."
                )
            }
            let candidate = whole.rows.candidateOffsets[row] + label
            targets.append(
                text: whole.rows.texts[row],
                candidates: [endToken ? whole.targets[candidate] : whole.rows.candidates[candidate]],
                label: 0,
                key: whole.rows.keys[row], line: whole.rows.lines[row])
        }
        return targets
    }

    /// Encodes candidates that are the same for all examples, for errors that need not wait.
    func encodeCandidates() throws { try encoder.encodeCandidates() }

    /// How many texts of a split lost words.
    public func shortenedCount(split: String) throws -> Int { try encodedSplit(split).shortened.count }

    /// The rows of a split whose texts lost words.
    func shortenedRows(split: String) throws -> [Int] { try encodedSplit(split).shortened }

    private func encodedSplit(_ name: String) throws -> EncodedSplit {
        if let known = encoded[name] { return known }
        guard let split = splits.first(where: { $0.name == name }) else {
            let names = splits.map(\.name)
            throw HostError.data(
                "The dataset of task '\(binding.definition.name)' has no split '\(name)', only "
                    + names.joined(separator: ", ") + NearestName.sentenceEnd(for: name, among: names))
        }
        let (result, time) = try WorkTime.measured { try encoder.encode(split) }
        encoded[name] = result
        encodingTime += time
        return result
    }
}
