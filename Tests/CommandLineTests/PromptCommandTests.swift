import Foundation
import SondeJSON
import TestSupport
import Testing

/// `sonde prompt` end to end.
@Suite struct PromptCommandTests {
    private let home: TemporaryFolder
    private let matrix = BuiltProducts.package + "/Tests/Fixtures/exchange/matrix/prompt.npy"

    init() throws { home = try TemporaryFolder() }

    private func files(_ folder: String) throws -> [Data] {
        try ["adapter_config.json", "adapter_model.safetensors"].map { name in
            try Data(contentsOf: URL(filePath: folder + "/" + name))
        }
    }

    @Test("A matrix is imported for a model, shown, used and exported again")
    func roundTrip() throws {
        let fixture = try ModelFixture("bloom/four-heads")
        let adapter = home.path("adapter")
        let imported = try CommandRun.sonde(
            ["prompt", "import", matrix, adapter, "--model", fixture.model], home: home)
        #expect(imported.status == 0, "\(imported.errors)")
        let shown = try CommandRun.sonde(["prompt", "show", adapter], home: home)
        #expect(shown.output.contains("(causal, 2 layers)"))
        #expect(shown.output.contains("prompt.npy"))
        let scored = try CommandRun.sonde(
            ["score", "--model", fixture.model, "--prompt", adapter, "--data", fixture.data, "--json"],
            home: home)
        #expect(try jsonLines(scored).count == fixture.rows.count, "\(scored.errors)")
        let exported = try CommandRun.sonde(["prompt", "export", adapter, home.path("out")], home: home)
        #expect(exported.status == 0, "\(exported.errors)")
        #expect(try files(home.path("out")) == files(adapter))
    }

    @Test("An adapter of a base model with another name is imported, and one of another width is not")
    func otherModels() throws {
        let source = try ModelFixture("bloom/four-heads").prompt
        let fitting = try ModelFixture("bloom/bfloat").model
        let run = try CommandRun.sonde(
            ["prompt", "import", source, home.path("a"), "--model", fitting], home: home)
        #expect(run.status == 0, "\(run.errors)")
        let narrow = try ModelFixture("bloom/half").model
        let refused = try CommandRun.sonde(
            ["prompt", "import", source, home.path("b"), "--model", narrow], home: home)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("the prompt is 32 wide, and this model reads prompts of width 16"))
        #expect(!FileManager.default.fileExists(atPath: home.path("b")))
    }

    @Test("An adapter that is there is kept unless --replace is given")
    func replacing() throws {
        let adapter = home.path("adapter")
        for (arguments, status) in [([], 0), ([], 65), (["--replace"], 0)] as [([String], Int32)] {
            let run = try CommandRun.sonde(["prompt", "import", matrix, adapter] + arguments, home: home)
            #expect(run.status == status, "\(run.errors)")
        }
    }

    @Test("Exit codes tell usage, data and the system apart")
    func exitCodes() throws {
        let text = try home.write("1 2", to: "prompt.txt")
        let cases: [([String], Int32)] = [
            (["import", matrix], 64), (["import", text, home.path("a")], 65),
            (["export", home.path, home.path("a")], 65),
            (["export", home.path("absent"), home.path("a")], 74),
            (["show", home.path("absent")], 74),
            (["import", matrix, home.path("absent/a")], 74),
        ]
        for (arguments, status) in cases {
            let run = try CommandRun.sonde(["prompt"] + arguments, home: home)
            #expect(run.status == status, "\(arguments) \(run.errors)")
            #expect(run.errors.hasPrefix("sonde: "), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }
}
