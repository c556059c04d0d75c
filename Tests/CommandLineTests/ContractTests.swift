import Foundation
import TestSupport
import Testing

/// The contract as compilers and linkers see it.
@Suite struct ContractTests {
    @Test("The header compiles without a warning as C11 and as C++17", arguments: ["c11", "c++17"])
    func headerCompiles(standard: String) throws {
        let folder = try TemporaryFolder()
        let source =
            "#include \"sonde.h\"\nint major_version(void);\nint major_version(void) { return SONDE_ABI_MAJOR; }\n"
        #expect(throws: Never.self) {
            try CPlugin.compile(source, to: "libheader.so", in: folder, standard: standard)
        }
    }

    @Test("A layout that has changed does not compile")
    func changedLayoutDoesNotCompile() throws {
        let folder = try TemporaryFolder()
        let source = "#include \"sonde.h\"\nSONDE_OFFSET(sonde_entry, id, 24);\n"
        let failure = #expect(throws: CPlugin.CompilationFailure.self) {
            try CPlugin.compile(source, to: "libheader.so", in: folder)
        }
        #expect(failure?.message.contains("the layout of sonde_entry.id has changed") == true)
    }

    @Test("Every library of the build exports exactly one symbol")
    func librariesExportOneSymbol() throws {
        let libraries = try FileManager.default.contentsOfDirectory(atPath: BuiltProducts.folder)
            .filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }
        try #require(!libraries.isEmpty)
        for library in libraries {
            let run = try CommandRun(
                "/usr/bin/env", ["nm", "-D", "--defined-only", BuiltProducts.folder + "/" + library])
            let symbols = run.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
            #expect(symbols == ["sonde_plugin_main"], "\(library)")
        }
    }
}
