public import SondeJSON
public import SondeSDK

extension TuningRecipe {
    /// The options of a study file's `tuning:` section, with their defaults.
    ///
    /// The optimiser's are those of `torch.optim.AdamW`, but for the learning rate, which is the one usual for prompts.
    public static let options = OptionSchema([
        OptionDeclaration(
            "method", .choice(Method.allCases.map(\.rawValue)), default: "prompt",
            "Tune a soft prompt, or all weights of the model; options of prompts then mean nothing"),
        OptionDeclaration(
            "keep_weights", .boolean, default: false,
            "Keep the weights of a tuned model, as a folder that is a model itself"),
        OptionDeclaration("rows", .integer(1...4096), default: 8, "Rows of the prompt"),
        OptionDeclaration(
            "initialisation", .choice(Initialisation.allCases.map(\.rawValue)), default: "vocabulary",
            "How the prompt begins: as the tokens of a text, as tokens drawn from the vocabulary, or as noise"
        ),
        .optional(
            "text", .string,
            "The text that the prompt begins as; otherwise the words that the dataset's named template brings"
        ),
        OptionDeclaration(
            "standard_deviation", .number(0...1000), default: 0.02, "Standard deviation of the noise"),
        OptionDeclaration(
            "loss", .choice(Loss.allCases.map(\.rawValue)), default: "language",
            "Learn to say the answer (language) or to tell the candidates apart (choice)"),
        OptionDeclaration(
            "end_token", .boolean, default: true,
            "Whether the language loss has the end token after the answer"),
        OptionDeclaration("epochs", .integer(1...1_000_000), default: 10, "Passes over the training split"),
        OptionDeclaration(
            "batch_size", .integer(1...1_000_000), default: 16, "Examples of an optimiser step"),
        OptionDeclaration(
            "tokens_per_pass", .integer(1...Int.max), default: 8192,
            "Most tokens at once; bounds memory, as gradients of several passes add up"),
        .optional(
            "learning_rate", .number(0...1000),
            "The highest learning rate; otherwise 0.03 for a prompt, 0.00005 for a model"),
        OptionDeclaration(
            "schedule", .choice(Schedule.allCases.map(\.rawValue)), default: "linear",
            "Whether the learning rate stays or falls to 0"),
        OptionDeclaration(
            "warm_up", .number(0...1), default: 0.0,
            "Share of the steps in which the learning rate rises from 0"),
        OptionDeclaration(
            "betas", .list(of: .number(0...1)), default: [0.9, 0.999], "Decay rates of AdamW's moments"),
        OptionDeclaration("epsilon", .number(0...1), default: 1e-8, "AdamW's epsilon"),
        OptionDeclaration("weight_decay", .number(0...1), default: 0.01, "AdamW's decoupled weight decay"),
        .optional("clip_norm", .number(0...Double.infinity), "The largest norm of a gradient"),
        .optional(
            "evaluation_interval", .integer(1...Int.max), "Steps between evaluations; otherwise one an epoch"),
        .optional("patience", .integer(1...Int.max), "Evaluations without a lower loss before tuning stops"),
    ])

    /// The recipe of a study file's section.
    /// - Parameter values: what the study gives; defaults fill in the rest.
    /// - Throws: ``OptionProblem`` for an option that is unknown or of another type, ``HostError`` for options that do not
    ///   go together.
    public init(_ values: JSONObject) throws {
        let checked = try Self.options.checked(values)
        self = try JSONValue.object(Self.completed(checked)).decoded(as: TuningRecipe.self)
        if text?.isEmpty == true {
            throw HostError.data("The option 'text' is empty; give the words that the prompt begins as.")
        }
        if initialisation != .text, text != nil {
            throw HostError.data(
                "The option 'text' means nothing to the initialisation '\(initialisation.rawValue)'; leave one out."
            )
        }
        guard betas.count == 2, betas.allSatisfy({ $0 < 1 }) else {
            throw HostError.data("The option 'betas' must be two numbers, each at least 0 and below 1.")
        }
        guard learningRate > 0, clipNorm != 0 else {
            throw HostError.data("The options 'learning_rate' and 'clip_norm' must be above 0.")
        }
    }

    /// The options with what their defaults leave to the method; what means nothing to it is the same for everybody, so
    /// that it makes no other work.
    private static func completed(_ values: JSONObject) -> JSONObject {
        var values = values
        let isModel = values["method"]?.stringValue == Method.model.rawValue
        values["learning_rate"] = values["learning_rate"] ?? (isModel ? 5e-5 : 0.03)
        if isModel {
            values["rows"] = 0
            values["text"] = nil
            for name in ["initialisation", "standard_deviation"] {
                values[name] = options.declarations.first { $0.name == name }?.defaultValue
            }
        } else {
            values["keep_weights"] = false
        }
        return values
    }
}
