import Foundation
import SondeJSON
import SondeSDK

/// A tuned prompt as a tune cell keeps it: an adapter's folder `prompt`, `initial.safetensors` with the prompt before its
/// first step, and `prompt.json` with its facts.
struct PromptResult: Sendable {
    private static let tensorName = "prompt_embeddings"
    private static let folder = "prompt"
    private static let valuesFile = "prompt/adapter_model.safetensors"
    private static let initialFile = "initial.safetensors"
    private static let factsFile = "prompt.json"

    let prompt: TunedPrompt
    /// The prompt before its first step, `[rows × width]`.
    let initial: DenseTensor
    /// The model that it was tuned for.
    private let baseModel: StoredPrompt.BaseModel

    init(prompt: TunedPrompt, initial: DenseTensor, baseModel: StoredPrompt.BaseModel) {
        self.prompt = prompt
        self.initial = initial
        self.baseModel = baseModel
    }

    init(readFrom folder: String) throws {
        prompt = TunedPrompt(
            values: try TensorFile.read(Self.tensorName, from: folder + "/" + Self.valuesFile),
            facts: try JSONFile.read(PromptFacts.self, from: folder + "/" + Self.factsFile))
        initial = try TensorFile.read(Self.tensorName, from: folder + "/" + Self.initialFile)
        baseModel = StoredPrompt.BaseModel(name: prompt.facts.model)
    }

    func write(to folder: String) throws {
        try PEFTAdapter.write(
            StoredPrompt(prompt, baseModel: baseModel), to: folder + "/" + Self.folder, replacing: true)
        try TensorFile.write([Self.tensorName: initial], to: folder + "/" + Self.initialFile)
        try JSONFile.write(try JSONValue(encoding: prompt.facts), to: folder + "/" + Self.factsFile)
    }
}
