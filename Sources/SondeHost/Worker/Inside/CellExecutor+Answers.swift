import SondeSDK
import SondeStatistics

extension CellExecutor {
    /// The label that is most frequent in the training split (or, where there is none, in the test split), of equally
    /// frequent ones the first, for every test row.
    func majority(_ task: TaskSource) throws -> AnswersResult {
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
        var result = AnswersResult(labels: labels)
        for (label, line) in zip(test.labels, test.lines) {
            result.items.append(
                .init(line: line, label: try known(label, task, line), prediction: majority, scores: []))
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
    func evaluate(
        _ model: ModelSource, _ task: TaskSource, promptRows: Int, prompt: String?
    ) throws -> AnswersResult {
        let encoded = try shelf.task(task, on: model, promptRows: promptRows)
        let instance = try shelf.model(model)
        shelf.announce(model.component, "answering the test split of '\(task.name)'")
        let prepared = try prompt.map { folder in
            try instance.prepare(PromptResult(readFrom: folder).prompt.softPrompt)
        }
        return try answers(of: instance, to: encoded, task, with: prepared)
    }

    /// What a model that is at hand answers on the test split.
    func answers(
        of model: any Model, to encoded: EncodedTask, _ task: TaskSource,
        with prompt: (any PreparedPrompt)? = nil
    ) throws -> AnswersResult {
        let rows = try encoded.rows(split: task.splits.test)
        let scores = try Scorer().score(rows, with: model, prompt: prompt, host: host)
        var result = AnswersResult(
            labels: encoded.labels, shortened: try encoded.shortenedCount(split: task.splits.test))
        for row in 0..<rows.count {
            result.items.append(
                .init(
                    line: rows.lines[row], label: try known(rows.labels[row], task, rows.lines[row]),
                    prediction: scores.predictions[row], scores: scores.candidateScores[row]))
        }
        return result
    }

    /// What a metric makes of the answers that are the input, with a bootstrap interval over items.
    func judge(_ source: ComponentSource, inputs: [ResultFolder]) throws -> MetricResult {
        guard let folder = inputs.first(where: { $0.role == .answers })?.path else {
            throw HostError(.internal, "A metric's cell has no answers to judge.")
        }
        let answers = try AnswersResult(readFrom: folder)
        let metric = try shelf.metric(source)
        shelf.announce(source, "judging \(answers.items.count) answers")
        let value = try metric.value(of: answers.predictions(of: answers.items))
        var stream = RandomStream(seed: 0, name: "bootstrap/\(source.id)")
        var isDefined = true
        let interval = Interval.bootstrap(
            of: answers.items, replicates: MetricResult.replicates, using: &stream
        ) { items in
            guard isDefined, let value = try? metric.value(of: answers.predictions(of: items)) else {
                isDefined = false
                return value
            }
            return value
        }
        return MetricResult(
            metric: source.id, value: value, items: answers.items.count,
            interval: isDefined ? interval : nil)
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
