import SondeSDK
import TransformerKit

let t5Descriptor = ModelDescriptor(
    id: "t5", summary: "T5: encoder-decoder models, also v1.1 and LM-adapted", modelTypes: ["t5"],
    capabilities: [.gradient, .taps, .edits, .generation, .weights],
    options: [WeightMemory.option, TrainingDropout.option])

/// Loads a checkpoint's folder: config.json, the tokenizer, model.safetensors.
func loadT5(_ directory: String, options: Options, host: any PluginHost) throws -> any Model {
    let workspace = Workspace(pool: BufferPool(), parallel: Parallel(host: host))
    let configuration = try T5Configuration(directory: directory, options: options)
    let tokenizer = try Tokenizer(checkpoint: directory)
    let checkpoint = try Checkpoint(directory: directory)
    let parameters = try checkpoint.parameters(
        configuration.tensors, memory: WeightMemory(options), in: workspace)
    let architecture = try T5Architecture(configuration, parameters: parameters)
    let isGated = configuration.activation == .gatedGELU
    let card = ModelCard(
        architecture: .seq2seq, modelType: "t5",
        stacks: [
            (LanguageModel.encoderStack, configuration.encoderLayers),
            (LanguageModel.decoderStack, configuration.decoderLayers),
        ].map {
            ModelCard.Stack(name: $0, layers: $1, feedForwardWidth: configuration.feedForwardWidth)
        },
        width: configuration.width, vocabulary: configuration.vocabulary,
        tokenCount: min(tokenizer.tokenCount, configuration.vocabulary), maximumLength: nil,
        parameters: parameters.valueCount,
        digest: checkpoint.digest(in: workspace), capabilities: t5Descriptor.capabilities,
        placements: [LanguageModel.prefix], specialTokens: configuration.specialTokens,
        notes: isGated ? ["ffn.activation": "the gate branch, before it is multiplied"] : [:])
    return LanguageModel(
        architecture,
        LanguageModel.Parts(
            card: card, tokenizer: tokenizer, parameters: parameters, workspace: workspace, host: host))
}
