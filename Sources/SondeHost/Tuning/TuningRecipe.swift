/// How a soft prompt, or a model itself, is tuned: the prompt's size and beginning, the loss, the optimiser and when to
/// stop.
///
/// A study file's `tuning:` section is checked against ``options`` and decoded into this.
public struct TuningRecipe: Codable, Sendable, Hashable {
    /// What is tuned.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// A soft prompt; the model stays as it is.
        case prompt
        /// All weights of the model, without a prompt.
        case model
    }

    /// How the first values of a prompt are made.
    public enum Initialisation: String, Codable, Sendable, CaseIterable {
        /// Embeddings of a text's tokens, repeated or cut to the number of rows.
        case text
        /// Embeddings of tokens drawn from the vocabulary.
        case vocabulary
        /// Normal noise around 0.
        case noise
    }

    /// What is minimised.
    public enum Loss: String, Codable, Sendable, CaseIterable {
        /// Negative log-probability of the right answer's tokens, averaged over all target tokens of a batch.
        case language
        /// Cross-entropy over the candidates' summed log-probabilities, averaged over rows.
        case choice
    }

    /// How the learning rate goes on after warm-up.
    public enum Schedule: String, Codable, Sendable, CaseIterable {
        /// It stays.
        case constant
        /// It falls to 0 at the last step.
        case linear
    }

    /// What is tuned.
    public var method: Method
    /// Whether the weights of a tuned model are kept.
    public var keepsWeights: Bool
    /// Rows of the prompt; 0 where the model is tuned.
    public var rows: Int
    /// How it begins.
    public var initialisation: Initialisation
    /// What it begins as, for ``Initialisation/text``; `nil` for the words of the task's template.
    public var text: String?
    /// Standard deviation, for ``Initialisation/noise``.
    public var standardDeviation: Double
    /// What is minimised.
    public var loss: Loss
    /// Whether the end token is learned after the answer; of the language loss alone.
    public var endToken: Bool
    /// Passes over the training split.
    public var epochs: Int
    /// Examples of an optimiser step.
    public var batchSize: Int
    /// Most tokens of one pass; a larger batch goes in several passes whose gradients add up.
    public var tokensPerPass: Int
    /// The highest learning rate.
    public var learningRate: Double
    /// How it goes on after warm-up.
    public var schedule: Schedule
    /// The share of all steps during which the learning rate rises from 0.
    public var warmUp: Double
    /// Decay rates of the two moments.
    public var betas: [Double]
    /// What keeps the step finite.
    public var epsilon: Double
    /// Decoupled weight decay.
    public var weightDecay: Double
    /// The largest norm of a gradient; `nil` for no clipping.
    public var clipNorm: Double?
    /// Steps between evaluations; `nil` for one at the end of each epoch.
    public var evaluationInterval: Int?
    /// Evaluations without a lower loss after which tuning stops; `nil` to go through all epochs.
    public var patience: Int?

    /// The option names of a study file.
    enum CodingKeys: String, CodingKey {
        case method, rows, initialisation, text, loss, epochs, schedule, betas, epsilon, patience
        case keepsWeights = "keep_weights"
        case standardDeviation = "standard_deviation"
        case endToken = "end_token"
        case batchSize = "batch_size"
        case tokensPerPass = "tokens_per_pass"
        case learningRate = "learning_rate"
        case warmUp = "warm_up"
        case weightDecay = "weight_decay"
        case clipNorm = "clip_norm"
        case evaluationInterval = "evaluation_interval"
    }
}
