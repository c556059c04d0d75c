import ArgumentParser
import SondeHost

/// The command line: parses, calls the host, prints.
@main
struct SondeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sonde",
        abstract: "Tunes soft prompts on frozen language models and probes what they learned.",
        discussion: """
            Models, datasets, probes and metrics are plugins: shared libraries that are looked for where --plugin \
            says, in the folders of SONDE_PLUGIN_PATH, in the user's data folder and beside sonde itself.

            Examples:
              sonde plan samples/quickstart.yaml
              sonde run samples/quickstart.yaml
              sonde plugins
              sonde plugins show jsonlines
              sonde task show cb --study samples/quickstart.yaml
              sonde tokens --model models/tiny-bloom < text.txt
              sonde score --model models/tiny-bloom --data rows.jsonl --json
              sonde prompt show adapter
            """,
        version: HostVersion.current,
        subcommands: [
            RunCommand.self, PlanCommand.self, TaskCommand.self, TokensCommand.self, ScoreCommand.self,
            PromptCommand.self, PluginsCommand.self, CellCommand.self, InspectPluginCommand.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Failure.exit(with: error, of: Self.self)
        }
    }
}
