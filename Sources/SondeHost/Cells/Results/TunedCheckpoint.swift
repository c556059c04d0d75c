import Foundation
import SondeSDK

/// A tuned model as a checkpoint's folder, which can be used as any other.
struct TunedCheckpoint {
    private static let settingsEndings = [".json", ".txt", ".model"]
    private static let weightsFile = "model.safetensors"

    private let original: URL

    /// - Parameter directory: the checkpoint that the model was loaded from.
    init(of directory: String) { original = URL(filePath: directory) }

    /// Writes weights as float32 tensors with the names that they had, and copies everything else.
    /// - Throws: ``HostError`` if the system refuses.
    func write(_ model: any Model, to folder: String) throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // An index would name the original's shards.
            for name in try files.contentsOfDirectory(atPath: original.path)
            where Self.settingsEndings.contains(where: name.hasSuffix) && !name.hasSuffix(".index.json") {
                try files.copyItem(
                    at: original.appending(path: name).resolvingSymlinksInPath(),
                    to: URL(filePath: folder).appending(path: name))
            }
        } catch {
            throw HostError.inputOutput("\(folder): the tuned model cannot be kept: \(Store.reason(error)).")
        }
        try WeightsFiles.write(model, to: folder + "/" + Self.weightsFile)
    }
}
