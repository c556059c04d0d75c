import ArgumentParser
import SondeHost
import SondeJSON
import SondeSDK

/// A checkpoint and the options of its plugin.
struct ModelChoice: ParsableArguments {
    @Option(help: ArgumentHelp("The checkpoint's folder.", valueName: "folder")) var model: String
    @Option(
        help: ArgumentHelp(
            "An option of the model's plugin, such as memory=low; 'sonde plugins show' lists them. May be repeated.",
            valueName: "name=value"))
    var modelOption: [String] = []

    func validate() throws {
        if let wrong = modelOption.first(where: { !$0.contains("=") }) {
            throw ValidationError("--model-option '\(wrong)' must be NAME=VALUE.")
        }
    }

    /// Loads the model.
    func makeModel(_ registry: Registry) throws -> any Model {
        try registry.makeModel(directory: model, options: options)
    }

    /// Values are numbers or truth values where they look like ones, and texts otherwise.
    private var options: JSONObject {
        JSONObject(
            modelOption.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = String(parts[1])
                return (String(parts[0]), (try? JSONValue(parsing: value)) ?? .string(value))
            })
    }
}
