import Foundation
import SondeHost
import SondeSDK
import TestSupport
import Testing

/// Where plugins are found, and which of two wins.
@Suite struct PluginSearchTests {
    private let fixture: PluginFixture

    init() throws {
        fixture = try PluginFixture()
    }

    @Test("Places are searched in the documented order")
    func searchOrder() throws {
        let places = ["named", "path", "data/sonde/plugins", "installed/lib/sonde/plugins"]
        for (index, place) in places.enumerated() {
            try compile(
                CPlugin.metric(plugin: "org.example.p\(index)", id: "share-\(index)"), "\(place)/libp.so")
        }
        let registry = try fixture.registry(
            named: [fixture.folder.path("named")],
            environment: ["SONDE_PLUGIN_PATH": fixture.folder.path("path")])
        #expect(registry.plugins.map(\.file) == places.map { fixture.folder.path("\($0)/libp.so") })
        #expect(registry.refused.isEmpty)
    }

    @Test("The same id in two found libraries is an error that names both files")
    func sameIDTwiceIsAnError() throws {
        let first = try compile(CPlugin.metric(), "plugins/liba.so")
        let second = try compile(CPlugin.metric(version: "2.0.0"), "plugins/libb.so")
        let error = #expect(throws: HostError.self) {
            try fixture.registry(named: [fixture.folder.path("plugins")])
        }
        #expect(
            error?.sentence == "Plugin 'org.example.share' was found twice, in \(first) and in \(second); "
                + "remove one or name one with --plugin.")
    }

    @Test("A named library wins over a found one with the same id")
    func namedLibraryWins() throws {
        try compile(CPlugin.metric(), "plugins/liba.so")
        let named = try compile(CPlugin.metric(version: "2.0.0"), "elsewhere/libb.so")
        let registry = try fixture.registry(named: [fixture.folder.path("plugins"), named])
        #expect(registry.plugins.map(\.version) == ["2.0.0"])
    }

    @Test("Two plugins that bring the same component are an error that names both files")
    func sameComponentTwiceIsAnError() throws {
        let first = try compile(CPlugin.metric(plugin: "org.example.a"), "plugins/liba.so")
        let second = try compile(CPlugin.metric(plugin: "org.example.b"), "plugins/libb.so")
        let error = #expect(throws: HostError.self) {
            try fixture.registry(named: [fixture.folder.path("plugins")])
        }
        #expect(error?.sentence.contains("metric 'share'") == true)
        #expect(error?.sentence.contains(first) == true)
        #expect(error?.sentence.contains(second) == true)
    }

    @Test("The same file by two names is one plugin")
    func sameFileTwiceIsOnePlugin() throws {
        let file = try compile(CPlugin.metric(), "plugins/liba.so")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("plugins/liblink.so"), withDestinationPath: file)
        let registry = try fixture.registry(named: [file, fixture.folder.path("plugins")])
        #expect(registry.plugins.map(\.file) == [file])
    }

    @Test("A folder that everybody can write to is not searched unless it is named")
    func worldWritableFolderIsSkipped() throws {
        try compile(CPlugin.metric(), "open/liba.so")
        let open = fixture.folder.path("open")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open)
        let searched = try fixture.registry(environment: ["SONDE_PLUGIN_PATH": open])
        #expect(searched.plugins.isEmpty)
        #expect(searched.refused.map(\.file) == [open])
        #expect(searched.refused.first?.reason.hasPrefix("everybody can write to this folder") == true)
        #expect(try fixture.registry(named: [open]).plugins.count == 1)
    }

    @Test("A relative folder in SONDE_PLUGIN_PATH is refused")
    func relativeFolderIsRefused() throws {
        let registry = try fixture.registry(environment: ["SONDE_PLUGIN_PATH": "plugins"])
        #expect(
            registry.refused.map(\.description) == [
                "plugins: a folder of SONDE_PLUGIN_PATH has to begin with '/'."
            ])
    }

    @Test("An unknown component is an error with the known ids and the nearest name")
    func unknownComponent() throws {
        try compile(CPlugin.metric(), "plugins/liba.so")
        let registry = try fixture.registry(named: [fixture.folder.path("plugins")])
        let error = #expect(throws: HostError.self) { try registry.component(.metric, "shore") }
        #expect(error?.sentence == "There is no metric 'shore' (there are share); did you mean 'share'?")
    }

    @Test("A metric in C is loaded and computes; its error carries plugin and file")
    func metricInCIsUsed() throws {
        let file = try compile(CPlugin.metric(), "plugins/liba.so")
        let registry = try fixture.registry(named: [file])
        let metric = try registry.component(.metric, "share").component.makeMetric(options: Options())
        #expect(
            try metric.value(
                of: Predictions(predicted: [0, 1, 1, 0], expected: [0, 1, 0, 0], labelCount: 2)) == 0.75)
        let error = #expect(throws: SondeError.self) {
            try metric.value(of: Predictions(predicted: [], expected: [], labelCount: 2))
        }
        #expect(error?.description == "org.example.share (\(file)): There are no predictions.")
    }

    @Test("What was read is kept by content: a rebuilt library is read anew, the cache may be deleted")
    func readingsAreCachedByContent() throws {
        let file = try compile(CPlugin.metric(), "plugins/liba.so")
        let cache = fixture.folder.path("cache/sonde/plugins")
        #expect(try fixture.registry(named: [file]).plugins.map(\.version) == ["1.0.0"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
        #expect(try fixture.registry(named: [file]).plugins.map(\.version) == ["1.0.0"])
        try compile(CPlugin.metric(version: "1.0.1"), "plugins/liba.so")
        #expect(try fixture.registry(named: [file]).plugins.map(\.version) == ["1.0.1"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 2)
        try FileManager.default.removeItem(atPath: cache)
        #expect(try fixture.registry(named: [file]).plugins.map(\.version) == ["1.0.1"])
    }

    @Test("A library that nobody wrote is not digested again, and one that was written is")
    func digestsAreKept() async throws {
        let file = try compile(CPlugin.metric(), "plugins/liba.so")
        // A file that has just been written may be written again at the same time.
        try await Task.sleep(for: .seconds(3))
        let digest = try #require(fixture.registry(named: [file]).plugins.first).digest
        let cache = fixture.folder.path("cache/sonde/plugins")
        let known = try #require(
            FileManager.default.contentsOfDirectory(atPath: cache).first { $0.hasSuffix(".digest.json") })
        let place = cache + "/" + known
        let other = String(repeating: "0", count: 64)
        try Data(
            String(contentsOfFile: place, encoding: .utf8).replacing(digest.description, with: other).utf8
        ).write(to: URL(filePath: place))
        #expect(try fixture.registry(named: [file]).plugins.map(\.digest.description) == [other])
        try compile(CPlugin.metric(version: "1.0.1"), "plugins/liba.so")
        let rebuilt = try fixture.registry(named: [file]).plugins.map(\.digest)
        #expect(try rebuilt == [ContentDigest(ofFile: file)])
        #expect(rebuilt != [digest])
    }

    @discardableResult
    private func compile(_ source: String, _ library: String) throws -> String {
        let folder = URL(filePath: fixture.folder.path(library)).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try CPlugin.compile(source, to: library, in: fixture.folder)
    }
}
