import SondeSDK

extension CellExecutor {
    /// The label that is most frequent in the training split (or, where there is none, in the test split), of equally
    /// frequent ones the first, for every test row.
    func majority(_ task: TaskSource, wantsTexts: Bool) throws -> AnswersResult {
        let dataset = try shelf.dataset(task.dataset, task.sampling)
        let learned = task.splits.train ?? task.splits.test
        let training = try examples(of: learned, task, dataset)
        let test = try examples(of: task.splits.test, task, dataset)
        let labels = task.description.labels
        var counts = Array(repeating: 0, count: labels.count)
        for label in training.labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
        guard let highest = counts.max(), highest > 0, let majority = counts.firstIndex(of: highest) else {
            throw HostError.data(
                "The split '\(learned)' of task '\(task.name)' has no labels to learn from.")
        }
        let candidates =
            wantsTexts ? try TaskBinding(task.definition, dataset: task.description).candidates : nil
        var result = AnswersResult(labels: labels)
        for (index, line) in test.lines.enumerated() {
            let label = try known(test.labels[index], task, line)
            let texts = candidates.map {
                AnswersResult.Texts(
                    said: $0[majority].text(in: test, index), expected: $0[label].text(in: test, index))
            }
            result.items.append(
                .init(line: line, label: label, prediction: majority, scores: [], texts: texts))
        }
        return result
    }

    /// What the splits of a task have in common.
    func sharedRows(of task: TaskSource) throws -> [SharedRows] {
        let dataset = try shelf.dataset(task.dataset, task.sampling)
        let binding = try TaskBinding(task.definition, dataset: task.description)
        return try task.splits.pairs.map { try SharedRows($0.first, $0.second, of: binding, in: dataset) }
    }

    /// What a model answers on the test split; with the prompt in a folder, if one is given.
    /// - Parameter wantsTexts: whether the model is also to say its answers.
    func evaluate(
        _ model: ModelSource, _ task: TaskSource, promptRows: Int, prompt: String?, wantsTexts: Bool
    ) throws -> AnswersResult {
        let encoded = try shelf.task(task, on: model, promptRows: promptRows)
        let instance = try shelf.model(model)
        shelf.announce(model.component, "answering the test split of '\(task.name)'")
        let prepared = try prompt.map { folder in
            try instance.prepare(PromptResult(readFrom: folder).prompt.softPrompt)
        }
        return try answers(of: instance, to: encoded, task, with: prepared, wantsTexts: wantsTexts)
    }

    /// What a model that is at hand answers on the test split.
    func answers(
        of model: any Model, to encoded: EncodedTask, _ task: TaskSource,
        with prompt: (any PreparedPrompt)? = nil, wantsTexts: Bool
    ) throws -> AnswersResult {
        let rows = try encoded.rows(split: task.splits.test)
        let scores = try Scorer().score(
            rows, with: model, prompt: prompt, generationLimit: wantsTexts ? rows.answerLimit : nil,
            host: host)
        let expected = wantsTexts ? try rightAnswers(to: task, encoded.binding) : []
        var result = AnswersResult(
            labels: encoded.labels, shortened: try encoded.shortenedCount(split: task.splits.test))
        for row in 0..<rows.count {
            result.items.append(
                .init(
                    line: rows.lines[row], label: try known(rows.labels[row], task, rows.lines[row]),
                    prediction: scores.predictions[row], scores: scores.candidateScores[row],
                    texts: try scores.generated.map {
                        .init(said: try model.decode($0[row]), expected: expected[row])
                    }))
        }
        return result
    }

    /// The right candidate of each test row in words.
    private func rightAnswers(to task: TaskSource, _ binding: TaskBinding) throws -> [String] {
        let test = try examples(of: task.splits.test, task, shelf.dataset(task.dataset, task.sampling))
        return try (0..<test.count).map { index in
            let label = try known(test.labels[index], task, test.lines[index])
            return binding.candidates[label].text(in: test, index)
        }
    }

    /// What a metric makes of the answers that are the input.
    func judge(_ source: ComponentSource, inputs: [ResultFolder]) throws -> MetricResult {
        guard let folder = inputs.first(where: { $0.role == .answers })?.path else {
            throw HostError(.internal, "A metric's cell has no answers to judge.")
        }
        let answers = try AnswersResult(readFrom: folder)
        let judge = try shelf.judge(source)
        shelf.announce(source, "judging \(answers.items.count) answers")
        return try judge.judge(answers)
    }

    /// What a metric makes of the answers of two sides.
    func compare(_ source: ComponentSource, inputs: [ResultFolder]) throws -> ComparisonResult {
        func answers(_ wanted: CellInput.Side) throws -> [AnswersResult] {
            try inputs.compactMap { input in
                guard case .compared(wanted, _) = input.role else { return nil }
                return try AnswersResult(readFrom: input.path)
            }
        }
        let judge = try shelf.judge(source)
        shelf.announce(source, "comparing the answers of \(inputs.count) runs")
        return try judge.compare(answers(.first), answers(.second))
    }

    private func examples(of split: String, _ task: TaskSource, _ dataset: any Dataset) throws -> Examples {
        let count = task.description.splits.first { $0.name == split }?.count ?? 0
        return try dataset.examples(of: split, 0..<count)
    }

    private func known(_ label: Int32, _ task: TaskSource, _ line: UInt64) throws -> Int {
        guard label >= 0 else {
            let file = task.description.splits.first { $0.name == task.splits.test }?.file ?? task.splits.test
            throw HostError.data(
                "\(file):\(line): the example has no label to compare with; name another split with 'test'.")
        }
        return Int(label)
    }
}
