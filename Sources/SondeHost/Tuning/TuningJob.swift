import SondeJSON
public import SondeSDK

/// Something to be tuned: a prompt on which model, or the model itself, from which rows, by which recipe and seed.
public struct TuningJob {
    /// The model; it stays as it is where a prompt is tuned.
    public var model: any Model
    /// Names of model and task in the study, for the prompt's facts.
    public var names: (model: String, task: String)
    /// The rows that are learned: of ``TuningRecipe/rows(of:split:)``.
    public var training: Rows
    /// The rows by whose loss the best values are chosen; `nil` to keep the last ones.
    public var evaluation: Rows?
    /// The recipe.
    public var recipe: TuningRecipe
    /// The seed of all random streams.
    public var seed: Int
    /// The checkpoint's file; `nil` for none.
    ///
    /// Tuning a model puts its weights in files beside it.
    public var checkpoint: String?
    /// How long to work between checkpoints.
    public var checkpointInterval: Duration

    /// A job.
    public init(
        model: any Model, names: (model: String, task: String), training: Rows, evaluation: Rows?,
        recipe: TuningRecipe, seed: Int, checkpoint: String? = nil,
        checkpointInterval: Duration = .seconds(20)
    ) {
        self.model = model
        self.names = names
        self.training = training
        self.evaluation = evaluation
        self.recipe = recipe
        self.seed = seed
        self.checkpoint = checkpoint
        self.checkpointInterval = checkpointInterval
    }

    /// The digest of everything that the outcome depends on.
    func digest() throws -> String {
        var hasher = ContentHasher()
        let facts = try JSONValue(encoding: recipe).text() + "\n\(seed)\n\(try model.card.digest)\n"
        hasher.update(Array(facts.utf8))
        for rows in [training, evaluation ?? Rows()] { hasher.update(rows.bytes) }
        return hasher.finish().description
    }

    /// - Throws: ``HostError`` if the model lacks what tuning needs of it, there is nothing to learn from, or a row
    ///   cannot be learned from.
    func check(_ need: Capability) throws {
        guard training.count > 0, evaluation?.count != 0 else {
            throw HostError.data("There are no rows to learn '\(names.task)' from.")
        }
        guard try model.card.capabilities.contains(need) else {
            throw HostError.data(
                need == .weights
                    ? "The weights of the model '\(names.model)' cannot be tuned; only prompts can."
                    : "The model '\(names.model)' gives no gradients, so no prompt can be tuned on it.")
        }
        if recipe.patience != nil, evaluation == nil {
            throw HostError.data("The option 'patience' needs an evaluation split.")
        }
        for rows in [training, evaluation ?? Rows()] {
            for row in 0..<rows.count {
                guard
                    rows.candidateRange(of: row).indices.contains(
                        Int(rows.labels[row]) + rows.candidateOffsets[row])
                else {
                    throw HostError.data(
                        "The example of line \(rows.lines[row]) of '\(names.task)' has no label to learn.")
                }
            }
        }
    }
}

extension TuningRecipe {
    /// The rows that this recipe's loss learns from or is evaluated on.
    public func rows(of task: EncodedTask, split: String) throws -> Rows {
        switch loss {
        case .language: try task.targets(split: split, endToken: endToken)
        case .choice: try task.rows(split: split)
        }
    }
}

extension Rows {
    /// Everything in the rows as bytes, for digests.
    fileprivate var bytes: [UInt8] {
        let counts = texts.offsets + candidates.offsets + candidateOffsets
        let numbers =
            counts.map { UInt64($0) }
            + (texts.values + candidates.values + labels).map { UInt64(bitPattern: Int64($0)) }
            + keys
        return numbers.flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        }
    }
}
