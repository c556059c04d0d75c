import ArgumentParser
import SondeHost

/// `sonde plugins`: what there is to work with.
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "Shows the models, datasets, probes and metrics that plugins bring.",
        discussion: """
            Examples:
              sonde plugins
              sonde plugins --plugin build/libmine.so
              sonde plugins show jsonlines
              sonde plugins list --json
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)
}

extension PluginsCommand {
    /// `sonde plugins`: every component, and every file that was refused with its reason.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every component, and every refused file with its reason.")

        @OptionGroup var host: HostOptions
        @Flag(help: "Print one JSON object.") var json = false

        func run() throws {
            let registry = try Registry(search: PluginSearch(named: host.plugins), host: host.makeRuntime())
            let listing = PluginListing(registry)
            Standard.output(json ? listing.jsonText : listing.text)
        }
    }

    /// `sonde plugins show ID`: one component or plugin in full.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a component's options with types and defaults, or a plugin's components.",
            discussion: """
                Example:
                  sonde plugins show semantics
                """)

        @Argument(help: "The id of a component or of a plugin.") var id: String
        @OptionGroup var host: HostOptions
        @Flag(help: "Print one JSON object.") var json = false

        func run() throws {
            let registry = try host.makeRegistry(for: host.makeRuntime())
            let description = try PluginDescription(of: id, in: registry)
            Standard.output(json ? description.jsonText : description.text)
        }
    }
}
