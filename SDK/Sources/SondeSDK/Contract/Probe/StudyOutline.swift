/// What a probe sees of a study when it plans.
public struct StudyOutline: Sendable, Codable, Hashable {
    /// A model of the study.
    public struct Model: Sendable, Codable, Hashable {
        /// Its name in the study.
        public var name: String
        /// `model_type` of its config.json.
        public var modelType: String
        /// What it can do.
        public var capabilities: [Capability]

        /// A model.
        public init(name: String, modelType: String, capabilities: [Capability]) {
            self.name = name
            self.modelType = modelType
            self.capabilities = capabilities
        }

        private enum CodingKeys: String, CodingKey {
            case name, capabilities
            case modelType = "model_type"
        }
    }

    /// A task of the study.
    public struct Task: Sendable, Codable, Hashable {
        /// A split of its dataset.
        public struct Split: Sendable, Codable, Hashable {
            /// Its name.
            public var name: String
            /// How many examples it has.
            public var count: Int

            /// A split.
            public init(name: String, count: Int) {
                self.name = name
                self.count = count
            }
        }

        /// Its name in the study.
        public var name: String
        /// Names of its labels.
        public var labels: [String]
        /// Its splits.
        public var splits: [Split]

        /// A task.
        public init(name: String, labels: [String], splits: [Split]) {
            self.name = name
            self.labels = labels
            self.splits = splits
        }
    }

    /// A prompt that the study tunes.
    public struct Prompt: Sendable, Codable, Hashable {
        /// Its name: `model/task/seed`.
        public var name: String
        /// The model that it is tuned on.
        public var model: String
        /// The task that it is tuned for.
        public var task: String
        /// The seed.
        public var seed: Int
        /// How many rows it has.
        public var rows: Int

        /// A prompt.
        public init(name: String, model: String, task: String, seed: Int, rows: Int) {
            self.name = name
            self.model = model
            self.task = task
            self.seed = seed
            self.rows = rows
        }
    }

    /// A probe that stands earlier in the study.
    public struct EarlierProbe: Sendable, Codable, Hashable {
        /// Its name in the study.
        public var name: String
        /// Its component id.
        public var id: String
        /// Its units.
        public var units: [ProbeUnit]

        /// A probe.
        public init(name: String, id: String, units: [ProbeUnit]) {
            self.name = name
            self.id = id
            self.units = units
        }
    }

    /// The models.
    public var models: [Model]
    /// The tasks.
    public var tasks: [Task]
    /// The seeds.
    public var seeds: [Int]
    /// The prompts that will have been tuned.
    public var prompts: [Prompt]
    /// The probes that stand earlier.
    public var probes: [EarlierProbe]

    /// An outline.
    public init(
        models: [Model], tasks: [Task], seeds: [Int], prompts: [Prompt], probes: [EarlierProbe] = []
    ) {
        self.models = models
        self.tasks = tasks
        self.seeds = seeds
        self.prompts = prompts
        self.probes = probes
    }
}
