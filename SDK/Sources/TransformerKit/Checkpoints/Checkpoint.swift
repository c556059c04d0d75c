import Foundation
import Safetensors
import SondeJSON
import SondeSDK

/// The weights of a checkpoint as users have them: `model.safetensors`, or shards with their index.
public final class Checkpoint {
    /// A tensor and the file that it lies in.
    struct Located {
        let file: SafetensorsFile
        let entry: SafetensorsFile.Entry
    }

    /// The folder.
    public let directory: String
    /// The mapped files.
    let files: [SafetensorsFile]
    /// The tensors by name.
    let tensors: [String: Located]

    private static let singleFile = "model.safetensors"
    private static let indexFile = "model.safetensors.index.json"

    /// Maps the files and checks their headers.
    /// - Throws: ``SondeError`` naming the file and what is wrong with it.
    public init(directory: String) throws {
        self.directory = directory
        files = try Self.fileNames(in: directory).map { name in
            do throws(SafetensorsError) {
                return try SafetensorsFile(directory + "/" + name)
            } catch {
                throw SondeError(error.isInputOutput ? .inputOutput : .invalidData, "\(error)")
            }
        }
        var tensors: [String: Located] = [:]
        for file in files {
            for entry in file.entries {
                if let other = tensors.updateValue(Located(file: file, entry: entry), forKey: entry.name) {
                    throw SondeError.invalidData(
                        "\(file.file.path): tensor '\(entry.name)' is also in \(other.file.file.path).")
                }
            }
        }
        self.tensors = tensors
    }

    private static func fileNames(in directory: String) throws -> [String] {
        if FileManager.default.fileExists(atPath: directory + "/" + singleFile) { return [singleFile] }
        let path = directory + "/" + indexFile
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SondeError(
                .inputOutput,
                "\(directory): there is neither \(singleFile) nor \(indexFile); is this a checkpoint?")
        }
        let map: JSONObject
        do {
            map = try JSONValue(parsing: Array(data))["weight_map"]?.objectValue ?? [:]
        } catch {
            throw SondeError.invalidData("\(path): \(error)")
        }
        let names = Set(map.compactMap(\.value.stringValue)).sorted()
        guard !names.isEmpty, names.allSatisfy({ !$0.contains("/") }) else {
            throw SondeError.invalidData("\(path): 'weight_map' names no files beside it.")
        }
        return names
    }
}
