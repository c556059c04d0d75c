import Foundation
import SondeJSON

/// A checkpoint's folder, as far as the host looks into it: to find the plugin that serves it.
struct CheckpointFolder {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// `model_type` of its config.json.
    /// - Throws: ``HostError`` that names the file.
    func modelType() throws -> String {
        let file = URL(filePath: path).appending(path: "config.json").path
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw HostError.data(
                "\(path): this is no checkpoint's folder, for it has no readable config.json.")
        }
        let config: JSONValue
        do throws(JSONError) {
            config = try JSONValue(parsing: Array(bytes))
        } catch {
            throw HostError.data("\(file): \(error).")
        }
        guard let type = config["model_type"]?.stringValue else {
            throw HostError.data("\(file): the field 'model_type' is missing or no text.")
        }
        return type
    }
}
