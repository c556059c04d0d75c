import Foundation
import TestSupport
import Testing

/// The plugins in samples/, built as the README says and used in a study.
@Suite struct ExamplePluginsTests {
    private let folder = BuiltProducts.package + "/samples/plugins"

    @Test("A metric in C and a probe in Swift are built, loaded and used in a study")
    func exampleStudy() throws {
        let fixture = try StudyFixture()
        let metric = try buildMetric(in: fixture.home)
        let probe = try buildProbe(in: fixture.home)
        let study = try fixture.write(
            more:
                "metrics: [accuracy, balanced-accuracy]\nprobes:\n  norms: {probe: prompt-norms, per-row: true}\n"
        )
        let run = try fixture.run(study, ["--plugin", metric, "--plugin", probe])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("balanced-accuracy"))
        let report = try String(contentsOfFile: fixture.home.path("small.sonde/report.html"), encoding: .utf8)
        #expect(report.contains("Norms of prompt rows"))
        #expect(report.contains("tiny/cb/1"))
    }

    private func buildMetric(in home: TemporaryFolder) throws -> String {
        let library = home.path("balanced_accuracy.so")
        let compilation = try CommandRun(
            "/usr/bin/env",
            [
                "cc", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-I",
                BuiltProducts.package + "/SDK/include",
                "-o", library, folder + "/balanced-accuracy/balanced_accuracy.c",
            ])
        #expect(compilation.status == 0, "\(compilation.errors)")
        return library
    }

    private func buildProbe(in home: TemporaryFolder) throws -> String {
        let scratch = home.path("build")
        let compilation = try CommandRun(
            "/usr/bin/env",
            [
                "swift", "build", "-c", "release", "--package-path", folder + "/prompt-norms",
                "--scratch-path",
                scratch,
            ])
        #expect(compilation.status == 0, "\(compilation.output)\(compilation.errors)")
        let library = scratch + "/release/libPromptNorms.so"
        let symbols = try CommandRun("/usr/bin/env", ["nm", "-D", "--defined-only", library])
        #expect(symbols.output.split(separator: "\n").count == 1)
        #expect(symbols.output.contains("sonde_plugin_main"))
        return library
    }
}
