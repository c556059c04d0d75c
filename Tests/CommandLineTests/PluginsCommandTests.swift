import Foundation
import SondeJSON
import TestSupport
import Testing

/// `sonde plugins` end to end.
@Suite struct PluginsCommandTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        _ = try home.makeFolder("plugins")
    }

    @Test("It lists bundled and named components, and refused files with their reasons")
    func list() throws {
        try CPlugin.compile(CPlugin.metric(), to: "plugins/libgood.so", in: home)
        try home.write("no library", to: "plugins/libbad.so")
        let run = try CommandRun.sonde(["plugins", "--plugin", home.path("plugins")], home: home)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("org.example.share 1.0.0  \(home.path("plugins/libgood.so"))\n"))
        #expect(run.output.contains("Share of right labels"))
        #expect(run.output.contains("accuracy"))
        #expect(run.output.contains("\(home.path("plugins/libbad.so")): the system cannot load this file"))
    }

    @Test("--json gives every fact of every component")
    func listAsJSON() throws {
        let library = try CPlugin.compile(CPlugin.metric(), to: "plugins/libgood.so", in: home)
        let run = try CommandRun.sonde(["plugins", "--json", "--plugin", library], home: home)
        let json = try JSONValue(parsing: run.output)
        let plugin = try #require(json["plugins"]?.arrayValue?.first { $0["id"] == "org.example.share" })
        #expect(plugin["file"]?.stringValue == library)
        #expect(plugin["licence"] == "MIT")
        #expect(plugin["components"]?[0]?["kind"] == "metric")
        #expect(plugin["components"]?[0]?["descriptor"]?["range"] == [0, 1])
        #expect(json["refused"] == [])
    }

    @Test("show prints options with types and defaults")
    func show() throws {
        let run = try CommandRun.sonde(["plugins", "show", "jsonlines"], home: home)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("dataset jsonlines: "))
        #expect(run.output.contains("\n  label: a text; default \"label\"\n"))
    }

    @Test("An unknown id is an error with the nearest name")
    func showUnknown() throws {
        let run = try CommandRun.sonde(["plugins", "show", "jsonlynes"], home: home)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(
            run.errors.hasPrefix(
                "sonde: There is no component and no plugin 'jsonlynes'; did you mean 'jsonlines'?"))
    }

    @Test(
        "A wrong command line ends with 64, a named file that fails with 69",
        arguments: [
            (["plogins"], 64), (["plugins", "--jason"], 64), (["plugins", "--threads", "0"], 64),
            (["plugins", "--plugin", "/nowhere/lib.so"], 69), (["--version"], 0), (["--help"], 0),
        ])
    func exitCodes(_ arguments: [String], _ status: Int) throws {
        let run = try CommandRun.sonde(arguments, home: home)
        #expect(Int(run.status) == status)
        #expect(run.errors.isEmpty == (status == 0))
    }

    @Test("A found library that fails is a warning for commands that need others")
    func refusedLibraryIsAWarning() throws {
        try home.write("no library", to: "plugins/libbad.so")
        let run = try CommandRun.sonde(
            ["plugins", "show", "accuracy"], home: home,
            environment: ["SONDE_PLUGIN_PATH": home.path("plugins")])
        #expect(run.status == 0)
        #expect(run.errors.hasPrefix("sonde: warning: \(home.path("plugins/libbad.so")): "))
    }

    @Test("The current directory is never searched")
    func currentDirectoryIsNotSearched() throws {
        try CPlugin.compile(CPlugin.metric(), to: "libhere.so", in: home)
        let run = try CommandRun.sonde(["plugins"], home: home)
        #expect(!run.output.contains("org.example.share"))
    }
}
