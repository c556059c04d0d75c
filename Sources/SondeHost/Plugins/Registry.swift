import Foundation
public import SondeJSON
public import SondeSDK
import Synchronization

/// All plugins that a search finds, and their components by kind and id.
///
/// Libraries are described by what was read in a child process; one is opened here when a component of it is asked for.
public final class Registry: Sendable {
    /// The plugins in the order of the search.
    public let plugins: [LoadedPlugin]
    /// What was found and not accepted, each with its reason.
    public let refused: [RefusedPlugin]
    private let host: any PluginHost
    private let opened = Mutex<[String: ImportedEntry]>([:])

    /// Searches and reads.
    /// - Throws: ``HostError`` for a named file that is no plugin, and for two plugins with the same id.
    public init(search: PluginSearch, host: any PluginHost) throws {
        let (libraries, skipped) = try search.candidates()
        let cache = ReadingCache(environment: search.environment)
        var plugins: [LoadedPlugin] = []
        var refused = skipped
        for library in libraries {
            let (reading, digest) = try Self.read(library, in: search, cache)
            switch reading {
            case .accepted(let facts):
                plugins.append(
                    LoadedPlugin(facts: facts, file: library.file, digest: digest, isNamed: library.isNamed))
            case .refused(.noEntryFunction) where library.mayBeSomethingElse: continue
            case .refused(let refusal):
                let refusedPlugin = RefusedPlugin(file: library.file, refusal: refusal)
                if library.isNamed { throw HostError.plugin(refusedPlugin.description) }
                refused.append(refusedPlugin)
            }
        }
        self.plugins = try Self.withoutRivals(plugins)
        self.refused = refused
        self.host = host
    }

    private static func read(
        _ library: PluginSearch.Candidate, in search: PluginSearch, _ cache: ReadingCache
    ) throws -> (PluginReading, ContentDigest) {
        let digest: ContentDigest
        do {
            digest = try cache.digest(ofFile: library.file)
        } catch {
            return (.refused(.unreadable(reason: HostError(error).sentence)), ContentDigest(of: ""))
        }
        if let known = cache.reading(of: digest, isNamed: library.isNamed) { return (known, digest) }
        let reading = try PluginInspection.read(
            library.file, by: search.executable, within: search.readingLimit)
        cache.keep(reading, of: digest)
        return (reading, digest)
    }
}

extension Registry {
    /// The plugins, each id once: a plugin that the user named wins over one that was found.
    private static func withoutRivals(_ plugins: [LoadedPlugin]) throws -> [LoadedPlugin] {
        var result: [LoadedPlugin] = []
        for plugin in plugins {
            guard let index = result.firstIndex(where: { $0.id == plugin.id }) else {
                result.append(plugin)
                continue
            }
            let rival = result[index]
            guard rival.isNamed != plugin.isNamed else {
                throw HostError.plugin(
                    "Plugin '\(plugin.id)' was found twice, in \(rival.file) and in \(plugin.file); "
                        + "remove one or name one with --plugin.")
            }
            if plugin.isNamed { result[index] = plugin }
        }
        try refuseAmbiguity(result)
        return result
    }

    private static func refuseAmbiguity(_ plugins: [LoadedPlugin]) throws {
        var owners: [String: LoadedPlugin] = [:]
        for plugin in plugins {
            for component in plugin.components {
                let name = "\(component.kind) '\(component.id)'"
                if let owner = owners[name], owner.isNamed == plugin.isNamed {
                    throw HostError.plugin(
                        "The \(name) is brought by two plugins, \(owner.file) and \(plugin.file); "
                            + "remove one or name one with --plugin.")
                }
                if owners[name]?.isNamed != true { owners[name] = plugin }
            }
        }
    }
}

extension Registry {
    /// A component that is ready to make instances.
    /// - Throws: ``HostError`` for an unknown id, with the known ones and the nearest name.
    public func component(_ kind: ComponentKind, _ id: String) throws -> RegisteredComponent {
        try open(description(kind, id))
    }

    /// The model backend that serves a checkpoint's folder, by the `model_type` in its config.json.
    /// - Throws: ``HostError`` if the folder is no checkpoint, or none or several plugins serve it.
    public func modelComponent(forDirectory directory: String) throws -> RegisteredComponent {
        try open(modelDescription(forDirectory: directory))
    }

    /// What a component says of itself; its library is not opened.
    /// - Throws: as ``component(_:_:)``.
    public func description(_ kind: ComponentKind, _ id: String) throws -> DescribedComponent {
        let offers = offers(of: kind) { $0.id == id }
        guard let offer = offers.first(where: \.plugin.isNamed) ?? offers.first else {
            throw HostError.data(unknown(kind, id))
        }
        return offer
    }

    /// The types of models that plugins serve.
    var modelTypes: [String] { offers(of: .model) { _ in true }.flatMap(\.facts.modelTypes).sorted() }

    /// What the backend that serves a checkpoint's folder says of itself; its library is not opened.
    /// - Throws: as ``modelComponent(forDirectory:)``.
    public func modelDescription(forDirectory directory: String) throws -> DescribedComponent {
        let type = try CheckpointFolder(directory).modelType()
        let serving = offers(of: .model) { $0.modelTypes.contains(type) }
        let preferred = serving.filter(\.plugin.isNamed)
        let chosen = preferred.isEmpty ? serving : preferred
        guard let offer = chosen.first else {
            throw HostError.data(
                "\(directory): no plugin serves models of type '\(type)'; "
                    + (modelTypes.isEmpty
                        ? "no model plugin was found." : "there are \(modelTypes.joined(separator: ", "))."))
        }
        guard chosen.count == 1 else {
            let names = chosen.map { "'\($0.facts.id)' (\($0.plugin.file))" }.joined(separator: " and ")
            throw HostError.plugin(
                "\(directory): models of type '\(type)' are served by \(names); name one of the files with --plugin."
            )
        }
        return offer
    }

    /// Loads the model of a checkpoint's folder with these options of the backend, and defaults for all others.
    /// - Throws: ``HostError``; ``SondeError`` for what the backend finds wrong.
    public func makeModel(directory: String, options given: JSONObject = [:]) throws -> any Model {
        let component = try modelComponent(forDirectory: directory).component
        let options: JSONObject
        do throws(OptionProblem) {
            options = try component.options.checked(given)
        } catch {
            throw HostError.data("The model plugin '\(component.id)' does not take these options: \(error).")
        }
        return try component.makeModel(
            directory: URL(filePath: directory).standardizedFileURL.path, options: Options(options))
    }

    private func offers(
        of kind: ComponentKind, where isWanted: (ComponentFacts) -> Bool
    ) -> [DescribedComponent] {
        plugins.flatMap { plugin in
            plugin.components.filter { $0.kind == kind && isWanted($0) }.map {
                DescribedComponent(facts: $0, plugin: plugin)
            }
        }
    }

    private func unknown(_ kind: ComponentKind, _ id: String) -> String {
        let known = offers(of: kind) { _ in true }.map(\.facts.id).sorted()
        guard !known.isEmpty else { return "There is no \(kind) '\(id)', and no plugin brings any \(kind)." }
        let list = known.joined(separator: ", ")
        return
            "There is no \(kind) '\(id)' (there are \(list))\(NearestName.sentenceEnd(for: id, among: known))"
    }

    /// The component of a library that is opened now if it is not open yet.
    private func open(_ described: DescribedComponent) throws -> RegisteredComponent {
        let (facts, plugin) = (described.facts, described.plugin)
        let entry = try opened.withLock { opened in
            if let entry = opened[plugin.file] { return entry }
            do throws(PluginRefusal) {
                let entry = try PluginLibrary.open(plugin.file, for: host)
                opened[plugin.file] = entry
                return entry
            } catch {
                throw HostError.plugin(RefusedPlugin(file: plugin.file, refusal: error).description)
            }
        }
        guard let component = entry.components.first(where: { $0.kind == facts.kind && $0.id == facts.id })
        else {
            throw HostError.plugin(RefusedPlugin(file: plugin.file, refusal: .changed).description)
        }
        return RegisteredComponent(component: component, plugin: plugin)
    }
}

/// What a component says of itself, and the plugin that brings it.
public struct DescribedComponent: Sendable {
    /// What it says.
    public let facts: ComponentFacts
    /// Where it comes from.
    public let plugin: LoadedPlugin
}

/// A component and the plugin that brings it.
public struct RegisteredComponent: Sendable {
    /// Makes instances.
    public let component: ImportedComponent
    /// Where it comes from.
    public let plugin: LoadedPlugin
}
