import SondeSDK
import Testing

@Suite("Several prompts over the same rows in one call")
struct SeveralPromptsTests {
    private let fixture: ParityFixture
    private let prompts: [(any PreparedPrompt)?]

    init() throws {
        let fixture = try ParityFixture(.init(name: "bloom/three-heads"))
        let own = fixture.prompt
        let shorter = SoftPrompt(
            values: Array(own.values.prefix(2 * own.width)).map { -$0 }, rows: 2, width: own.width)
        let louder = SoftPrompt(values: own.values.map { 2 * $0 }, rows: own.rows, width: own.width)
        self.fixture = fixture
        prompts = try [own, shorter, louder].map(fixture.model.prepare) + [nil]
    }

    /// Rows again and again, so that the runs need more than one batch.
    private func rows(repeats: Int) -> Rows {
        fixture.batch((0..<repeats).flatMap { _ in fixture.rowsWithText })
    }

    @Test("scores and losses are those of one prompt at a time", arguments: [1, 3, 40])
    func scores(repeats: Int) throws {
        let rows = rows(repeats: repeats)
        for loss in [Pass.Loss.language, .choice] {
            let together = try fixture.model.run(
                Pass(rows: rows, prompts: prompts, loss: loss, wantsLayouts: true))
            #expect(together.candidateScores.count == prompts.count)
            for (run, prompt) in prompts.enumerated() {
                let alone = try fixture.model.run(
                    Pass(rows: rows, prompts: [prompt], loss: loss, wantsLayouts: true))
                let differences = zip(together.candidateScores[run], alone.candidateScores[0]).map {
                    abs($0 - $1)
                }
                #expect(differences.count == rows.candidates.count && differences.allSatisfy { $0 < 1e-4 })
                let losses = zip(together.rowLosses[run], alone.rowLosses[0]).map { abs($0 - $1) }
                #expect(losses.count == rows.count && losses.allSatisfy { $0 < 1e-4 })
                #expect(abs(together.lossSums[run] - alone.lossSums[0]) < 1e-3 * alone.lossSums[0])
                #expect(together.lossCounts[run] == alone.lossCounts[0])
                #expect(together.layouts[run] == alone.layouts[0])
            }
        }
    }

    @Test("receipts of edits count all runs, and activations are shown run by run")
    func editsAndTaps() throws {
        let rows = rows(repeats: 1)
        let edit = Edit(
            stack: "decoder", site: .feedForwardActivation, layer: 0, neurons: [0, 2], positions: .answer,
            mode: .zero)
        let edited = try fixture.model.run(Pass(rows: rows, prompts: prompts, edits: [edit]))
        #expect(edited.receipts[0].visited == 2 * rows.count * prompts.count)
        for (run, prompt) in prompts.enumerated() {
            let alone = try fixture.model.run(Pass(rows: rows, prompts: [prompt], edits: [edit]))
            let differences = zip(edited.candidateScores[run], alone.candidateScores[0]).map { abs($0 - $1) }
            #expect(differences.allSatisfy { $0 < 1e-4 })
        }
        var shown: [Int] = []
        let tap = Tap(stack: "decoder", site: .residual, layers: [0], positions: .answer) { block in
            shown.append(block.run)
            #expect(block.rows == (0..<UInt32(rows.count)).map { $0 })
        }
        _ = try fixture.model.run(Pass(rows: rows, prompts: prompts, taps: [tap]))
        #expect(shown == Array(prompts.indices))
    }
}
