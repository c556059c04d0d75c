/// A plugin of the registry.
public struct LoadedPlugin: Sendable, Hashable {
    /// What it says of itself.
    public let facts: PluginFacts
    /// The real path of its library.
    public let file: String
    /// Names the library's content.
    public let digest: ContentDigest
    /// Whether the user named this very file.
    public let isNamed: Bool

    /// Reverse-DNS name.
    public var id: String { facts.id }
    /// Semantic version.
    public var version: String { facts.version }
    /// SPDX expression.
    public var licence: String { facts.licence }
    /// Compiler, platform, configuration.
    public var build: String { facts.build }
    /// What it brings.
    public var components: [ComponentFacts] { facts.components }
}

/// A file or folder that was not accepted.
public struct RefusedPlugin: Sendable, Hashable, CustomStringConvertible {
    /// Where it is.
    public let file: String
    /// Why.
    public let refusal: PluginRefusal

    /// The reason without the file's name.
    public var reason: String { refusal.description }

    /// One sentence.
    public var description: String { "\(file): \(reason)" + (reason.hasSuffix(".") ? "" : ".") }
}
