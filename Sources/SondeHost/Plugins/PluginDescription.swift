import SondeJSON
import SondeSDK

/// One plugin, or the components with one id, in full.
public struct PluginDescription: Sendable {
    private let plugin: LoadedPlugin?
    private let components: [(facts: ComponentFacts, plugin: LoadedPlugin)]

    /// Looks an id up among components, then among plugins.
    /// - Throws: ``HostError`` for an unknown id, with the nearest known one.
    public init(of id: String, in registry: Registry) throws {
        let all = registry.plugins.flatMap { plugin in plugin.components.map { (facts: $0, plugin: plugin) } }
        components = all.filter { $0.facts.id == id }
        plugin = registry.plugins.first { $0.id == id }
        guard components.isEmpty, plugin == nil else { return }
        let known = all.map(\.facts.id) + registry.plugins.map(\.id)
        let hint = NearestName.hint(for: id, among: known)
        throw HostError.data(
            "There is no component and no plugin '\(id)'\(hint); 'sonde plugins' lists them.")
    }

    /// For people.
    public var text: String {
        guard components.isEmpty else {
            return components.map { Self.text(of: $0.facts, $0.plugin) }.joined(separator: "\n\n")
        }
        guard let plugin else { return "" }
        let rows = plugin.components.map { [$0.kind.description, $0.id, $0.summary] }
        let aligned = AlignedText(rows)
        return (Self.origin(of: plugin) + [""] + rows.map(aligned.line)).joined(separator: "\n")
    }

    /// The JSON text of an array of components, each with its plugin, or of one plugin.
    public var jsonText: String { json.text(indented: true) }

    private var json: JSONValue {
        guard components.isEmpty else {
            return .array(
                components.map { component in
                    var object = component.facts.json.objectValue ?? [:]
                    object["plugin"] = .string(component.plugin.id)
                    object["version"] = .string(component.plugin.version)
                    object["file"] = .string(component.plugin.file)
                    return .object(object)
                })
        }
        return plugin?.json ?? .null
    }

    private static func origin(of plugin: LoadedPlugin) -> [String] {
        [
            "plugin    \(plugin.id) \(plugin.version)", "licence   \(plugin.licence)",
            "file      \(plugin.file)",
            "contract  \(plugin.facts.contract)", "build     \(plugin.build)",
        ]
    }

    private static func text(of component: ComponentFacts, _ plugin: LoadedPlugin) -> String {
        var lines = ["\(component.kind) \(component.id): \(component.summary)", ""] + origin(of: plugin)
        for (name, value) in component.descriptor.objectValue ?? [:] {
            lines.append("\(name.replacing("_", with: " ")): \(readable(value))")
        }
        lines.append("")
        let options = component.declarations
        guard !options.isEmpty else { return (lines + ["It has no options."]).joined(separator: "\n") }
        lines.append("Options:")
        for option in options {
            lines.append("  \(option.name): \(option.type)\(standing(of: option))")
            lines.append("      \(option.summary)")
        }
        return lines.joined(separator: "\n")
    }

    private static func standing(of option: OptionDeclaration) -> String {
        if option.isRequired { return "; required" }
        return option.defaultValue.map { "; default \($0.text())" } ?? "; may be absent"
    }

    private static func readable(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .array(let items): items.map(readable).joined(separator: ", ")
        default: value.text()
        }
    }
}
