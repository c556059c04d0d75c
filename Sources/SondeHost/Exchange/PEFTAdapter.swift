import Foundation
import Safetensors
import SondeJSON
import SondeSDK

/// A PEFT prompt-tuning adapter: a folder with `adapter_config.json` and `adapter_model.safetensors` (or the
/// `adapter_model.bin` of older versions), whose one tensor `prompt_embeddings` is the prompt, `[rows × width]`.
public struct PEFTAdapter: Sendable {
    static let configurationFile = "adapter_config.json"
    static let tensorFile = "adapter_model.safetensors"
    static let tensorName = "prompt_embeddings"
    private static let legacyTensorFile = "adapter_model.bin"

    /// The prompt.
    public let prompt: StoredPrompt

    /// Reads an adapter, whatever the name of its base model; whether its width fits is the model's to say.
    /// - Throws: ``HostError`` naming the file and field or tensor: another kind of adapter, a missing or surplus
    ///   tensor, a shape that is not the configuration's, values that are not finite.
    public init(folder: String) throws {
        let path = folder + "/" + Self.configurationFile
        guard FileManager.default.fileExists(atPath: path) else {
            throw HostError.data(
                "\(folder): this is no adapter's folder, for it has no \(Self.configurationFile).")
        }
        let json = try JSONFile.read(path)
        let configuration = try Self.locating(path) { () throws(HostError) in try AdapterConfiguration(json) }
        prompt = try Self.prompt(configuration, in: folder)
    }

    private static func prompt(
        _ configuration: AdapterConfiguration, in folder: String
    ) throws -> StoredPrompt {
        let files = [tensorFile, legacyTensorFile].map { folder + "/" + $0 }
        guard let path = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw HostError.data("\(folder): there is no \(tensorFile).")
        }
        let file = path == files[0] ? try SafetensorsFile(path) : nil
        let all = try file.map { try matrix(in: $0) } ?? TorchMatrix(file: path).values
        let values = try firstStack(of: all, configuration, path)
        let metadata = PromptMetadata(file?.metadata ?? [:])
        var provenance = metadata.provenance
        if configuration.stacks > 1 {
            provenance[StoredPrompt.leftOutKey] =
                "rows \(configuration.rows) to \(configuration.stacks * configuration.rows - 1), which PEFT keeps for a "
                + "second stack and never trains"
        }
        let facts = provenance
        return try locating(path) { () throws(HostError) in
            try StoredPrompt(
                values: values, placement: metadata.placement, liveRows: metadata.liveRows(),
                initialisation: metadata.isOwn ? metadata.initialisation() : configuration.initialisation,
                initialText: metadata.initialText ?? configuration.initialText,
                initialTokens: metadata.initialTokens(), baseModel: configuration.baseModel,
                provenance: facts)
        }
    }

    /// The only tensor of the file.
    private static func matrix(in file: SafetensorsFile) throws -> DenseTensor {
        let path = file.file.path
        guard let entry = file[tensorName] else {
            throw HostError.data(
                "\(path): there is no tensor '\(tensorName)'; is this a prompt-tuning adapter?")
        }
        let surplus = file.entries.map(\.name).filter { $0 != tensorName }
        guard surplus.isEmpty else {
            throw HostError.data(
                "\(path): beside the prompt there are tensors that Sonde has no use for: \(surplus.joined(separator: ", "))."
            )
        }
        return DenseTensor(shape: entry.shape, values: try file.values(of: tensorName))
    }

    /// The rows of the first stack.
    private static func firstStack(
        of tensor: DenseTensor, _ configuration: AdapterConfiguration, _ path: String
    ) throws(HostError) -> DenseTensor {
        let (rows, width) = (configuration.rows * configuration.stacks, configuration.width)
        guard tensor.shape == [rows, width] else {
            throw .data(
                "\(path): tensor '\(tensorName)' is \(tensor.shape), but \(configurationFile) says [\(rows), \(width)]."
            )
        }
        return DenseTensor(
            shape: [configuration.rows, width],
            values: Array(tensor.values.prefix(configuration.rows * width)))
    }

    /// Puts the file's name before half a sentence about it.
    private static func locating<Result>(
        _ path: String, _ body: () throws(HostError) -> Result
    ) throws(HostError) -> Result {
        do throws(HostError) {
            return try body()
        } catch {
            throw HostError(error.kind, "\(path): \(error.sentence).")
        }
    }
}

extension PEFTAdapter {
    /// Writes a prompt as an adapter's folder: whole, or not at all.
    /// - Parameter isReplacing: whether an adapter that is there may be replaced.
    /// - Throws: ``HostError`` if something is there that must not be replaced, or the system refuses.
    public static func write(_ prompt: StoredPrompt, to folder: String, replacing isReplacing: Bool = false)
        throws
    {
        try WholeFolder.write(to: folder, replacing: isReplacing ? configurationFile : nil) { partial in
            // As PEFT writes it, without a line feed at the end.
            try JSONFile.writeText(
                AdapterConfiguration(of: prompt).json.text(indented: true),
                to: partial + "/" + configurationFile)
            try TensorFile.write(
                [tensorName: prompt.values], metadata: PromptMetadata(of: prompt).texts,
                to: partial + "/" + tensorFile)
        }
    }
}
