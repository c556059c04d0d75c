import SondeJSON
import SondeSDK

/// A task of a study, as a worker needs it to read rows.
struct TaskSource: Codable, Sendable, Hashable {
    /// The splits that a study uses.
    struct Splits: Codable, Sendable, Hashable {
        /// What is learned from; `nil` where the dataset has no such split.
        let train: String?
        /// What is watched while a prompt is tuned; `nil` where the dataset has no such split.
        let evaluate: String?
        /// What is reported.
        let test: String
    }

    let dataset: ComponentSource
    /// Which examples are used; `nil` for all.
    let sampling: RowSampling?
    let definition: TaskDefinition
    let splits: Splits
    /// What the dataset has said of itself.
    let description: DatasetDescription

    /// Its name in the study.
    var name: String { definition.name }

    /// The split that is learned from; a task without one is never tuned.
    var trainingSplit: String {
        get throws {
            guard let train = splits.train else {
                throw HostError(
                    .internal, "A prompt is to be tuned for '\(name)', which has nothing to learn from.")
            }
            return train
        }
    }

    /// What its rows depend on besides builds; files by their digest, not by their place.
    var identity: JSONValue {
        get throws {
            [
                "dataset": dataset.identity, "digest": .string(description.digest),
                "labels": .array(description.labels.map { .string($0) }),
                "wording": try definition.wording.identity(in: description),
                "examples": try sampling.map { try JSONValue(encoding: $0) } ?? .null,
                "scoring": .string(definition.scoring.rawValue),
                "maximum_tokens": definition.maximumTokens.map { .integer(Int64($0)) } ?? .null,
            ]
        }
    }
}

extension TaskSource.Splits {
    /// The pairs of different splits that must have no example in common: what is learned from, what chooses the prompt,
    /// and what is reported.
    var pairs: [(first: String, second: String)] {
        guard let train else { return [] }
        let others = [evaluate, test].compactMap(\.self)
        return (others.map { (train, $0) } + (evaluate.map { [($0, test)] } ?? [])).filter { $0.0 != $0.1 }
    }

    /// What a split does at once that should be done by two; `nil` where each has one part.
    var doubleUse: String? {
        guard let train else { return nil }
        if train == test {
            return "the split '\(test)' is both learned from and the test, so what is reported is remembered"
        }
        if evaluate == test {
            return
                "the split '\(test)' both chooses the best epoch and is the test, so what is reported is optimistic"
        }
        if train == evaluate {
            return
                "the split '\(train)' is both learned from and chooses the best epoch, so that overfitting is not seen"
        }
        return nil
    }
}
