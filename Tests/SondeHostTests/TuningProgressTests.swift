import SondeHost
import Testing

@Suite("Showing how tuning goes")
struct TuningProgressTests {
    private func output(_ style: OutputStyle) throws -> String {
        var text = ""
        let bar = TuningProgressBar(title: "letters seed 1", style: style) { text += $0 }
        let setting = try TuningSetting()
        _ = try PromptTuner(setting.job(), host: HostRuntime(threads: 1)).run(bar.show)
        bar.finish()
        return text
    }

    @Test("In a file there is one line for each evaluation and no control character")
    func plain() throws {
        let lines = try output(.plain).split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.allSatisfy { $0.hasPrefix("letters seed 1: epoch ") && $0.contains("tokens/s") })
        #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 32 } })
    }

    @Test("On a terminal every drawing fits into its line", arguments: [20, 40, 80, 200])
    func fitting(_ columns: Int) throws {
        let drawings = try output(.terminal(columns: columns, isColoured: false)).split(separator: "\r")
        #expect(drawings.count >= 2)
        for drawing in drawings {
            #expect(drawing.hasSuffix("\u{1B}[K"))
            #expect(drawing.dropLast(3).count < columns)
        }
        let last = try #require(drawings.dropLast().last)
        #expect(columns < 40 || last.contains("step 30/30"))
    }

    @Test("There is colour only where it is wanted")
    func colour() throws {
        #expect(try output(.terminal(columns: 120, isColoured: true)).contains("\u{1B}[32m"))
        #expect(try !output(.terminal(columns: 120, isColoured: false)).contains("\u{1B}[3"))
    }

    @Test("What is no terminal gets plain lines")
    func noTerminal() {
        #expect(OutputStyle(descriptor: -1, environment: ["TERM": "xterm"]) == .plain)
    }
}
