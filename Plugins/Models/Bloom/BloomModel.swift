import SondeSDK
import TransformerKit

let bloomDescriptor = ModelDescriptor(
    id: "bloom", summary: "BLOOM and BLOOMZ: causal language models with ALiBi", modelTypes: ["bloom"],
    capabilities: [.gradient, .taps, .edits, .generation, .weights],
    options: [WeightMemory.option, TrainingDropout.option])

/// Loads a checkpoint's folder: config.json, tokenizer.json, model.safetensors.
func loadBloom(_ directory: String, options: Options, host: any PluginHost) throws -> any Model {
    let workspace = Workspace(pool: BufferPool(), parallel: Parallel(host: host))
    let configuration = try BloomConfiguration(directory: directory, options: options)
    let tokenizer = try Tokenizer(checkpoint: directory)
    let checkpoint = try Checkpoint(directory: directory)
    let parameters = try checkpoint.parameters(
        configuration.tensors, memory: WeightMemory(options), in: workspace)
    let decoder = try BloomDecoder(configuration, parameters: parameters)
    let card = ModelCard(
        architecture: .causal, modelType: "bloom",
        stacks: [
            ModelCard.Stack(
                name: LanguageModel.decoderStack, layers: configuration.layers,
                feedForwardWidth: configuration.feedForwardWidth)
        ],
        width: configuration.width, vocabulary: configuration.vocabulary,
        tokenCount: min(tokenizer.tokenCount, configuration.vocabulary), maximumLength: nil,
        parameters: parameters.valueCount,
        digest: checkpoint.digest(in: workspace), capabilities: bloomDescriptor.capabilities,
        placements: [LanguageModel.prefix], specialTokens: configuration.specialTokens)
    return LanguageModel(
        decoder,
        LanguageModel.Parts(
            card: card, tokenizer: tokenizer, parameters: parameters, workspace: workspace, host: host))
}
