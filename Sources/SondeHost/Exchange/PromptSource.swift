import Foundation
import Safetensors
public import SondeSDK

/// Where a prompt may come from.
public enum PromptSource {
    private static let cellFolder = "prompt"

    /// Reads an adapter's folder, the folder of a study's cell that tuned a prompt, or a matrix in a file of NumPy
    /// (`.npy`), safetensors, or torch (`.pt`, `.pth`, `.bin`, `.pkl`).
    /// - Throws: ``HostError`` naming file and tensor.
    public static func prompt(at path: String) throws -> StoredPrompt {
        if try isFolder(path) { return try adapter(in: path) }
        switch URL(filePath: path).pathExtension {
        case "npy": return try matrix(NumPyMatrix(file: path).values, from: path)
        case "safetensors": return try matrix(onlyTensor(in: path), from: path)
        case "pt", "pth", "bin", "pkl": return try matrix(TorchMatrix(file: path).values, from: path)
        default:
            throw HostError.data(
                "\(path): a prompt is an adapter's folder, or a .npy, .safetensors or .pt file.")
        }
    }

    /// Reads an adapter's folder, or the one within the folder of a study's cell that tuned a prompt.
    /// - Throws: ``HostError`` naming file and tensor.
    public static func adapter(in folder: String) throws -> StoredPrompt {
        _ = try isFolder(folder)
        let inner = folder + "/" + cellFolder
        let isCell = [folder, inner].map { place in
            FileManager.default.fileExists(atPath: place + "/" + PEFTAdapter.configurationFile)
        }
        return try PEFTAdapter(folder: isCell == [false, true] ? inner : folder).prompt
    }

    private static func isFolder(_ path: String) throws(HostError) -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .inputOutput("\(path): there is no such file or folder.")
        }
        return isFolder.boolValue
    }

    private static func matrix(_ values: DenseTensor, from path: String) throws(HostError) -> StoredPrompt {
        do throws(HostError) {
            return try StoredPrompt(
                values: values, provenance: ["source": URL(filePath: path).lastPathComponent])
        } catch {
            throw HostError(error.kind, "\(path): \(error.sentence).")
        }
    }

    private static func onlyTensor(in path: String) throws -> DenseTensor {
        let file = try SafetensorsFile(path)
        guard file.entries.count == 1, let entry = file.entries.first else {
            throw HostError.data(
                "\(path): a prompt's file holds one tensor, and this one holds \(file.entries.count).")
        }
        return DenseTensor(shape: entry.shape, values: try file.values(of: entry.name))
    }
}

extension StoredPrompt {
    /// The prompt as one for a model, which it then names as its base.
    /// - Throws: ``HostError`` if its width is not the model's.
    public func fitted(to card: ModelCard, named name: String) throws(HostError) -> StoredPrompt {
        guard width == card.width else {
            throw .data(
                "\(name): the prompt is \(width) wide, and this model reads prompts of width \(card.width).")
        }
        var fitted = self
        fitted.baseModel = BaseModel(name: name, card: card)
        fitted.baseModel.attentionHeads = baseModel.attentionHeads
        return fitted
    }
}
