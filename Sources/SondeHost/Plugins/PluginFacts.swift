public import SondeJSON
public import SondeSDK

/// What a library says of itself, as it was read in a child process.
public struct PluginFacts: Sendable, Hashable, Codable {
    /// Reverse-DNS name.
    public let id: String
    /// Semantic version.
    public let version: String
    /// SPDX expression.
    public let licence: String
    /// Compiler, platform, configuration.
    public let build: String
    /// The version of the contract that it was built with, `0.1`.
    public let contract: String
    /// What it brings.
    public let components: [ComponentFacts]

    /// The facts of a library that is open.
    init(_ entry: ImportedEntry) {
        id = entry.id
        version = entry.version
        licence = entry.licence
        build = entry.build
        contract = "\(entry.major).\(entry.minorBuilt)"
        components = entry.components.map { component in
            ComponentFacts(
                kind: component.kind, id: component.id, summary: component.summary,
                descriptorText: component.descriptor.text(), optionsText: component.options.json.text())
        }
    }
}

/// What a component says of itself.
public struct ComponentFacts: Sendable, Hashable, Codable {
    /// What kind of component it is.
    public let kind: ComponentKind
    /// Unique within its kind.
    public let id: String
    /// One line.
    public let summary: String
    /// The JSON texts as they came, so that keys keep their order on the way through a file.
    let descriptorText: String
    let optionsText: String

    /// Facts of its kind.
    public var descriptor: JSONValue { (try? JSONValue(parsing: descriptorText)) ?? .null }

    /// JSON Schema of its options.
    public var options: JSONValue { (try? JSONValue(parsing: optionsText)) ?? .null }

    /// The `model_type`s that it serves; none unless it is a model.
    public var modelTypes: [String] {
        (descriptor["model_types"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// The options in the order of their declaration.
    public var declarations: [OptionDeclaration] {
        (try? OptionSchema(json: options))?.declarations ?? []
    }
}
