import SondeJSON
import SondeSDK
import TransformerKit

let robertaDescriptor = ModelDescriptor(
    id: "roberta", summary: "RoBERTa: masked language models", modelTypes: ["roberta"],
    capabilities: [.gradient, .taps, .edits, .weights],
    options: [
        WeightMemory.option, TrainingDropout.option,
        OptionDeclaration(
            "layout", .choice(MaskedLayout.allCases.map(\.rawValue)),
            default: .string(MaskedLayout.cloze.rawValue),
            "Where prompt and answer stand: 'cloze' (a mask in the text), or 'leading-mask' (before everything)"
        ),
    ])

/// Loads a checkpoint's folder: config.json, the tokenizer, model.safetensors.
func loadRoberta(_ directory: String, options: Options, host: any PluginHost) throws -> any Model {
    let workspace = Workspace(pool: BufferPool(), parallel: Parallel(host: host))
    let configuration = try RobertaConfiguration(directory: directory, options: options)
    guard let layout = MaskedLayout(rawValue: try options.string("layout")) else {
        throw SondeError.invalidArgument("The option 'layout' is 'cloze' or 'leading-mask'.")
    }
    let tokenizer = try Tokenizer(checkpoint: directory)
    let checkpoint = try Checkpoint(directory: directory)
    let parameters = try checkpoint.parameters(
        configuration.tensors, memory: WeightMemory(options), in: workspace)
    let encoder = try RobertaEncoder(configuration, parameters: parameters)
    var specialTokens = configuration.specialTokens
    specialTokens["mask"] = tokenizer.id(of: "<mask>").map(Int.init)
    let card = ModelCard(
        architecture: .masked, modelType: "roberta",
        stacks: [
            ModelCard.Stack(
                name: LanguageModel.encoderStack, layers: configuration.layers,
                feedForwardWidth: configuration.feedForwardWidth)
        ],
        width: configuration.width, vocabulary: configuration.vocabulary,
        tokenCount: min(tokenizer.tokenCount, configuration.vocabulary),
        maximumLength: configuration.maximumLength, parameters: parameters.valueCount,
        digest: checkpoint.digest(in: workspace), capabilities: robertaDescriptor.capabilities,
        placements: [layout.rawValue], specialTokens: specialTokens)
    return try LanguageModel(
        encoder, layout: layout,
        LanguageModel.Parts(
            card: card, tokenizer: tokenizer, parameters: parameters, workspace: workspace, host: host))
}
