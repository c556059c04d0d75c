import SondeJSON
import SondeSDK

/// All plugins with their components, and all that was refused, for people and for programs.
public struct PluginListing: Sendable {
    private let plugins: [LoadedPlugin]
    private let refused: [RefusedPlugin]

    /// What a registry holds.
    public init(_ registry: Registry) {
        plugins = registry.plugins
        refused = registry.refused
    }

    /// A block for each plugin, then the refused files with their reasons.
    public var text: String {
        let rows = plugins.map { $0.components.map { [$0.kind.description, $0.id, $0.summary] } }
        let aligned = AlignedText(rows.flatMap(\.self))
        var lines: [String] = []
        for (plugin, rows) in zip(plugins, rows) {
            lines.append("\(plugin.id) \(plugin.version)  \(plugin.file)")
            lines += rows.map { "  " + aligned.line($0) }
        }
        if plugins.isEmpty { lines.append("No plugin was found.") }
        if !refused.isEmpty { lines += ["", "Refused:"] + refused.map { "  \($0)" } }
        return lines.joined(separator: "\n")
    }

    /// The JSON text `{"plugins": [...], "refused": [{"file", "reason"}]}`.
    public var jsonText: String {
        let json: JSONValue = [
            "plugins": .array(plugins.map(\.json)),
            "refused": .array(refused.map { ["file": .string($0.file), "reason": .string($0.reason)] }),
        ]
        return json.text(indented: true)
    }
}

extension LoadedPlugin {
    /// Everything that is known of the plugin.
    var json: JSONValue {
        [
            "id": .string(id), "version": .string(version), "licence": .string(licence),
            "build": .string(build),
            "contract": .string(facts.contract), "file": .string(file), "digest": .string(digest.description),
            "components": .array(components.map(\.json)),
        ]
    }
}

extension ComponentFacts {
    /// Everything that is known of the component.
    var json: JSONValue {
        [
            "kind": .string(kind.description), "id": .string(id), "summary": .string(summary),
            "descriptor": descriptor, "options": options,
        ]
    }
}
