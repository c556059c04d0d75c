import Foundation
import SondeHost
import SondeSDK
import TestSupport
import Testing

/// A library that is no plugin is refused with one sentence, and the host goes on.
@Suite struct PluginRefusalTests {
    struct BrokenLibrary: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let source: String
        let reason: String
    }

    static let brokenLibraries = [
        BrokenLibrary(
            testDescription: "wrong magic number", source: CPlugin.metric(magic: "0x12345678"),
            reason: "what sonde_plugin_main returns is no plugin's entry (wrong magic number)"),
        BrokenLibrary(
            testDescription: "other major", source: CPlugin.metric(plugin: "org.example.future", major: "7"),
            reason:
                "plugin 'org.example.future' was built for version 7 of the contract and this host has version 0; "
                + "get the plugin for version 0"),
        BrokenLibrary(
            testDescription: "newer minor needed",
            source: CPlugin.metric(plugin: "org.example.new", needed: "999"),
            reason: "plugin 'org.example.new' needs minor version 999 of the contract and this host has 1; "
                + "get a newer Sonde"),
        BrokenLibrary(
            testDescription: "no entry, with a reason",
            source: CPlugin.metric(
                atEntry:
                    "host->set_error(host, SONDE_ERROR_UNSUPPORTED, \"There is no moon tonight.\", NULL);"
                    + "if (host) return NULL;"),
            reason: "the plugin cannot work here: There is no moon tonight"),
        BrokenLibrary(
            testDescription: "abort", source: CPlugin.metric(atEntry: "abort();"),
            reason: "the library ended its process with SIGABRT (Aborted) while it was being read"),
        BrokenLibrary(
            testDescription: "segmentation fault",
            source: CPlugin.metric(atEntry: "*(volatile int *)8 = 1;"),
            reason: "the library ended its process with SIGSEGV (Segmentation fault) while it was being read"),
        BrokenLibrary(
            testDescription: "crash in a constructor",
            source: "#include <stdlib.h>\n__attribute__((constructor)) static void start(void) { abort(); }",
            reason: "the library ended its process with SIGABRT (Aborted) while it was being read"),
        BrokenLibrary(
            testDescription: "exit", source: CPlugin.metric(atEntry: "exit(3);"),
            reason: "the library ended its process with exit code 3 while it was being read"),
        BrokenLibrary(
            testDescription: "hang",
            source: CPlugin.metric(atEntry: "for (volatile int i = 0; i < 2;) i = 1;"),
            reason: "the library was not read within 1 seconds"),
        BrokenLibrary(
            testDescription: "no entry function", source: "int answer(void) { return 42; }",
            reason: "this library does not export sonde_plugin_main, so it is no plugin"),
        BrokenLibrary(
            testDescription: "undefined symbol",
            source: "extern int nowhere(void);\nint answer(void) { return nowhere(); }",
            reason: "the system cannot load this file: undefined symbol: nowhere"),
        BrokenLibrary(
            testDescription: "no version", source: CPlugin.metric(version: ""),
            reason: "the plugin's description is malformed: its version is empty"),
        BrokenLibrary(
            testDescription: "id with a space", source: CPlugin.metric(id: "my share"),
            reason:
                "the plugin's description is malformed: the id of the metric 'my share' may hold only a-z, 0-9 and '-'"
        ),
    ]

    @Test(
        "A broken library is refused with its reason while a good one beside it loads",
        arguments: brokenLibraries)
    func brokenLibraryIsRefused(_ broken: BrokenLibrary) throws {
        let fixture = try PluginFixture()
        let file = try CPlugin.compile(broken.source, to: "plugins/libbroken.so", in: fixture.folder)
        try CPlugin.compile(CPlugin.metric(), to: "plugins/libgood.so", in: fixture.folder)
        let registry = try fixture.registry(named: [fixture.folder.path("plugins")])
        #expect(registry.refused.map(\.description) == ["\(file): \(broken.reason)."])
        #expect(registry.plugins.map(\.id) == ["org.example.share"])
    }

    @Test("A file that is no library is refused")
    func textFileIsRefused() throws {
        let fixture = try PluginFixture()
        let file = try fixture.folder.write(
            "This is no library, however long the text may become, which it does here.",
            to: "plugins/libtext.so")
        let registry = try fixture.registry(named: [fixture.folder.path("plugins")])
        let refused = try #require(registry.refused.first)
        #expect(refused.file == file)
        #expect(refused.reason == "the system cannot load this file: invalid ELF header")
    }

    @Test("A named file that fails stops the run with exit code 69")
    func namedFileThatFailsIsAnError() throws {
        let fixture = try PluginFixture()
        let file = try CPlugin.compile(
            "int answer(void) { return 42; }", to: "libnothing.so", in: fixture.folder)
        let error = #expect(throws: HostError.self) { try fixture.registry(named: [file]) }
        #expect(error?.exitCode == 69)
        #expect(error?.sentence.hasPrefix("\(file): this library does not export sonde_plugin_main") == true)
    }

    @Test("A named file that does not exist stops the run")
    func missingNamedFileIsAnError() throws {
        let fixture = try PluginFixture()
        let file = fixture.folder.path("nowhere.so")
        let error = #expect(throws: HostError.self) { try fixture.registry(named: [file]) }
        #expect(error?.sentence == "\(file): there is no such file.")
    }

    @Test("A library that prints while it is loaded is still read")
    func printingLibraryIsRead() throws {
        let fixture = try PluginFixture()
        let source = CPlugin.metric(atEntry: "printf(\"sonde-reading 2\\n{}\"); fflush(stdout);")
        try CPlugin.compile("#include <stdio.h>\n" + source, to: "plugins/libloud.so", in: fixture.folder)
        let registry = try fixture.registry(named: [fixture.folder.path("plugins")])
        #expect(registry.plugins.map(\.id) == ["org.example.share"])
        #expect(registry.refused.isEmpty)
    }
}
