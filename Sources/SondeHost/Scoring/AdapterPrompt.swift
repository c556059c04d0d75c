import Foundation
import Safetensors
import SondeJSON
public import SondeSDK

extension SoftPrompt {
    /// The prompt of a PEFT prompt-tuning folder: `prompt_embeddings`, `[rows × width]`.
    /// - Throws: ``HostError`` that names the file.
    public init(ofAdapter folder: String) throws {
        let configuration = URL(filePath: folder).appending(path: "adapter_config.json").path
        guard let bytes = FileManager.default.contents(atPath: configuration) else {
            throw HostError.data(
                "\(folder): this is no adapter's folder, for it has no readable adapter_config.json.")
        }
        let type: JSONValue?
        do throws(JSONError) {
            type = try JSONValue(parsing: Array(bytes))["peft_type"]
        } catch {
            throw HostError.data("\(configuration): \(error).")
        }
        guard type == "PROMPT_TUNING" else {
            throw HostError.data(
                "\(configuration): 'peft_type' must be PROMPT_TUNING, not \(type?.text() ?? "missing").")
        }
        let path = URL(filePath: folder).appending(path: "adapter_model.safetensors").path
        let file = try SafetensorsFile(path)
        let values = try file.values(of: "prompt_embeddings")
        guard let shape = file["prompt_embeddings"]?.shape, shape.count == 2 else {
            throw HostError.data(
                "\(path): tensor 'prompt_embeddings' must have two dimensions, rows and width.")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw HostError.data("\(path): tensor 'prompt_embeddings' holds numbers that are not finite.")
        }
        self.init(values: values, rows: shape[0], width: shape[1])
    }
}
