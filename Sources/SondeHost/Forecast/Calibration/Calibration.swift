/// What is to be measured: a model on a task, and what its prompts are tuned by.
struct CalibrationOrder: Codable, Sendable, Hashable {
    let model: ModelSource
    let task: TaskSource
    /// `nil` if no prompts are tuned.
    let recipe: TuningRecipe?
    /// The seeds of the prompts that probes are tried with.
    let seeds: [Int]
    /// Whether the model also says its answers.
    let wantsTexts: Bool
    /// The folder for these prompts: one below it for each seed.
    let folder: String
}

/// What a worker has measured of a model on a task.
struct Calibration: Codable, Sendable {
    /// What it takes to tune a prompt and to answer with it.
    struct Tuning: Codable, Sendable {
        /// The time of reading and encoding the rows.
        let reading: WorkTime
        let cost: TuningCost
        /// Answers with a prompt, over the test split.
        let answers: PassCost
        /// Size of a tune cell's results.
        let resultBytes: Int
        /// Size of its checkpoint.
        let checkpointBytes: Int
    }

    /// The time of loading the model; zero if the worker had it.
    let loading: WorkTime
    /// The most memory of loading it, in bytes.
    let loadingMemory: Int
    /// The time of reading and encoding the test split.
    let reading: WorkTime
    /// Answers without a prompt, over the test split.
    let answers: PassCost
    /// Size of the results of an evaluation.
    let answerBytes: Int
    let tuning: Tuning?
}
