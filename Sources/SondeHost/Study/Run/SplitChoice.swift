import SondeSDK

/// Which splits of a dataset a task uses; a dataset may have only some.
struct SplitChoice {
    let task: StudyTask
    let description: DatasetDescription
    /// What the user should know, one sentence each.
    private(set) var warnings: [String] = []

    init(task: StudyTask, description: DatasetDescription) throws {
        self.task = task
        self.description = description
        guard task.recipe != nil else { return }
        if try train() == nil {
            warnings.append(
                "Task '\(task.name)' has no split '\(task.entry.train.name)', so no prompt is tuned for it, and its "
                    + "most frequent label is that of '\(task.entry.test.name)'.")
        } else if try evaluate() == nil {
            warnings.append(
                "Task '\(task.name)' has no split '\(task.entry.evaluate.name)', so the last prompt of each tuning is "
                    + "kept, not the best; 'examples: {hold_out: 0.1}' makes one of a tenth of "
                    + "'\(task.entry.train.name)'.")
        }
    }

    /// The splits.
    /// - Throws: ``HostError`` with its place for a split that is named in the study and absent, for one that is empty or
    ///   without labels, and for a dataset without anything to report.
    func splits() throws -> TaskSource.Splits {
        TaskSource.Splits(
            train: try train(), evaluate: try evaluate(), test: try found(task.entry.test, "test"))
    }

    private func train() throws -> String? { try optional(task.entry.train, "train") }

    private func evaluate() throws -> String? { try optional(task.entry.evaluate, "evaluate") }

    /// Without a name for it in the study, a split may be absent.
    private func optional(_ split: TaskEntry.SplitName, _ key: String) throws -> String? {
        let isThere = description.splits.contains { $0.name == split.name }
        return split.place == nil && !isThere ? nil : try found(split, key)
    }

    private func found(_ split: TaskEntry.SplitName, _ key: String) throws -> String {
        let place = split.place ?? task.entry.place
        guard let found = description.splits.first(where: { $0.name == split.name }) else {
            throw place.error(
                "task '\(task.name)' has no split '\(split.name)' for '\(key)'"
                    + StudyNode.hint(split.name, description.splits.map(\.name)))
        }
        guard found.count > 0 else {
            throw place.error("the split '\(split.name)' of task '\(task.name)' is empty (\(found.file))")
        }
        guard found.isLabelled else {
            let labelled = description.splits.filter(\.isLabelled).map(\.name).joined(separator: ", ")
            throw place.error(
                "the split '\(split.name)' of task '\(task.name)' has no labels (\(found.file)); name another with "
                    + "'\(key)': \(labelled)")
        }
        return split.name
    }
}
