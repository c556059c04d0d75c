import SondeSDK

/// One split of a task as tokens.
struct EncodedSplit {
    /// Texts with one candidate a label.
    var rows = Rows()
    /// The same candidates as targets, in the order of the rows' candidates.
    var targets = Ragged<Int32>()
    /// The rows whose texts lost words.
    var shortened: [Int] = []
    /// The file that the split was read from.
    let file: String
}

/// Reads, renders and encodes one split of a task.
struct SplitEncoder {
    /// Examples that are read at once; bounds memory, changes nothing else.
    private static let blockLength = 1024

    let binding: TaskBinding
    let dataset: any Dataset
    let model: any Model
    let promptRows: Int

    /// Candidates of some examples, as they are scored and as they are learned.
    private struct Answers {
        var candidates: [[Int32]]
        var targets: [[Int32]]

        /// The longest answer among these.
        func longest(_ range: Range<Int>) -> Int {
            range.map { max(candidates[$0].count, targets[$0].count) }.max() ?? 0
        }
    }

    /// The whole split.
    /// - Throws: ``HostError`` with file and line for an example that cannot be encoded.
    func encode(_ split: DatasetDescription.Split) throws -> EncodedSplit {
        let capacity = try capacity()
        let fixed = binding.hasFixedCandidates ? try fixedAnswers() : nil
        var encoded = EncodedSplit(file: split.file)
        for first in stride(from: 0, to: split.count, by: Self.blockLength) {
            let range = first..<min(first + Self.blockLength, split.count)
            let examples = try dataset.examples(of: split.name, range)
            guard examples.count == range.count else {
                throw HostError.plugin(
                    "\(split.file): the dataset gave \(examples.count) examples of '\(split.name)' for \(range)."
                )
            }
            try append(examples, fixed: fixed, capacity: capacity, split: split, first: first, to: &encoded)
        }
        return encoded
    }

    /// Encodes candidates that are the same for all examples.
    func encodeCandidates() throws { _ = try fixedAnswers() }

    private func fixedAnswers() throws -> Answers {
        try answers(binding.candidates.map { $0.template.text([]) })
    }

    private func append(
        _ examples: Examples, fixed: Answers?, capacity: Int, split: DatasetDescription.Split, first: Int,
        to encoded: inout EncodedSplit
    ) throws {
        let labelCount = binding.labels.count
        let answers = try fixed ?? answers(of: examples)
        func range(_ index: Int) -> Range<Int> {
            fixed == nil ? (index * labelCount)..<((index + 1) * labelCount) : 0..<labelCount
        }
        let items = try (0..<examples.count).map { index in
            let place = "\(split.file):\(examples.lines[index])"
            try check(answers, range(index), at: place)
            return TextShortener.Item(
                values: binding.template.values(in: examples, index),
                limit: capacity - (answersFollowText ? answers.longest(range(index)) : 0), place: place)
        }
        let shortener = TextShortener(
            template: binding.template.template, model: model, task: binding.definition.name)
        let (texts, shortened) = try shortener.encode(items)
        encoded.shortened += shortened.map { first + $0 }
        for index in 0..<examples.count {
            let label = Int(examples.labels[index])
            guard label < labelCount else {
                throw HostError.plugin(
                    "\(items[index].place): the dataset gave the label \(label) of \(labelCount).")
            }
            encoded.rows.append(
                text: texts[index], candidates: answers.candidates[range(index)],
                label: label < 0 ? nil : label,
                key: RowKey.value(split: split.name, index: first + index), line: examples.lines[index])
            for target in answers.targets[range(index)] { encoded.targets.append(target) }
        }
    }

    /// Most tokens of a text and its answer.
    private func capacity() throws -> Int {
        let card = try model.card
        let length = [card.maximumLength, binding.definition.maximumTokens].compactMap(\.self).min()
        return (length ?? Int.max) - promptRows
    }

    /// Whether text and answer share one sequence.
    private var answersFollowText: Bool { (try? model.card.architecture) == .causal }

    private func answers(of examples: Examples) throws -> Answers {
        try answers(
            (0..<examples.count).flatMap { index in binding.candidates.map { $0.text(in: examples, index) } })
    }

    private func answers(_ texts: [String]) throws -> Answers {
        let candidates = try model.encode(texts, as: .candidate)
        let targets = try model.encode(texts, as: .target)
        let length = binding.definition.scoring == .firstToken ? 1 : Int.max
        return Answers(
            candidates: (0..<candidates.count).map { Array(candidates[$0].prefix(length)) },
            targets: (0..<targets.count).map { Array(targets[$0].prefix(length)) })
    }

    private func check(_ answers: Answers, _ range: Range<Int>, at place: String) throws {
        if let empty = range.first(where: { answers.candidates[$0].isEmpty }) {
            throw HostError.data(
                "\(place): the candidate for the label '\(binding.labels[empty - range.lowerBound])' of task "
                    + "'\(binding.definition.name)' has no tokens.")
        }
        guard binding.definition.scoring == .firstToken else { return }
        for second in range {
            guard let first = range.first(where: { answers.candidates[$0] == answers.candidates[second] }),
                first != second
            else { continue }
            let labels = [first, second].map { "'\(binding.labels[$0 - range.lowerBound])'" }
            throw HostError.data(
                "\(place): the candidates for \(labels.joined(separator: " and ")) of task "
                    + "'\(binding.definition.name)' begin with the same token, which alone is scored; choose other "
                    + "words, or leave out 'scoring'.")
        }
    }
}
