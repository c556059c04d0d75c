import SondeJSON
import SondeSDK
import Testing

@Suite("What only masked models do")
struct MaskedModelTests {
    private func fixture(_ layout: String) throws -> ParityFixture {
        try ParityFixture(
            .init(name: "roberta/three-heads", options: ["layout": .string(layout)], answers: layout))
    }

    @Test("with a leading mask the prompt's first row is dead: no gradient, no effect")
    func deadRow() throws {
        let fixture = try fixture("leading-mask")
        let prompt = try fixture.model.prepare(fixture.prompt)
        #expect(try prompt.liveRows == [false] + Array(repeating: true, count: fixture.prompt.rows - 1))
        var pass = Pass(
            rows: fixture.batch(fixture.rows), prompts: [prompt], loss: .choice, wantsPromptGradient: true)
        let result = try fixture.model.run(pass)
        #expect(result.promptGradients[0].prefix(fixture.prompt.width).allSatisfy { $0 == 0 })
        var changed = fixture.prompt
        for column in 0..<changed.width { changed.values[column] += 5 }
        pass.prompts = [try fixture.model.prepare(changed)]
        #expect(try fixture.model.run(pass).candidateScores == result.candidateScores)
        let cloze = try self.fixture("cloze")
        #expect(try cloze.model.prepare(cloze.prompt).liveRows.allSatisfy { $0 })
    }

    @Test("a prompt tuned for one layout is refused by the other")
    func layoutsDoNotMix() throws {
        let fixture = try fixture("cloze")
        var prompt = fixture.prompt
        prompt.placement = "leading-mask"
        #expect(throws: SondeError.self) { try fixture.model.prepare(prompt) }
    }

    @Test("a text needs one mask, a candidate one token, and a sequence must fit the positions")
    func refusals() throws {
        let model = try fixture("cloze").model
        let mask = Int32(try #require(model.card.specialTokens["mask"]))
        func message(_ text: [Int32], _ candidate: [Int32]) -> String? {
            var rows = Rows()
            rows.append(text: text, candidates: [candidate])
            do {
                _ = try model.run(Pass(rows: rows))
                return nil
            } catch { return (error as? SondeError)?.message }
        }
        #expect(message([0, 5, mask, 2], [7]) == nil)
        #expect(message([0, 5, 2], [7])?.contains("has 0 masks") == true)
        #expect(message([0, mask, mask, 2], [7])?.contains("has 2 masks") == true)
        #expect(message([0, mask, 2], [7, 8])?.contains("2 tokens") == true)
        #expect(message([0, mask] + Array(repeating: 5, count: 2000), [7])?.contains("at most") == true)
        let split = #expect(throws: SondeError.self) { try model.encode([" unthinkable"], as: .candidate) }
        #expect(split?.message.contains("is split into") == true)
    }
}
