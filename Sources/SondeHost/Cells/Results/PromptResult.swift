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

    init(prompt: TunedPrompt, initial: DenseTensor) {
        self.prompt = prompt
        self.initial = initial
    }

    init(readFrom folder: String) throws {
        prompt = TunedPrompt(
            values: try TensorFile.read(Self.tensorName, from: folder + "/" + Self.valuesFile),
            facts: try JSONFile.read(PromptFacts.self, from: folder + "/" + Self.factsFile))
        initial = try TensorFile.read(Self.tensorName, from: folder + "/" + Self.initialFile)
    }

    func write(to folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder + "/" + Self.folder, withIntermediateDirectories: true)
        } catch {
            throw HostError.inputOutput(
                "\(folder)/\(Self.folder): the folder cannot be made: \(Store.reason(error)).")
        }
        try TensorFile.write([Self.tensorName: prompt.values], to: folder + "/" + Self.valuesFile)
        try TensorFile.write([Self.tensorName: initial], to: folder + "/" + Self.initialFile)
        try JSONFile.write(try JSONValue(encoding: prompt.facts), to: folder + "/" + Self.factsFile)
    }
}
