import Safetensors
import SondeSDK
import Testing

@Suite("Models agree with transformers and PEFT")
struct ParityTests {
    @Test("log-probabilities and losses, with and without a prompt", arguments: ParityFixture.shapes)
    func scores(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prompt = try fixture.model.prepare(fixture.prompt)
        for (rows, prompt) in [(fixture.rows, prompt), (fixture.rowsWithText, nil)] where !rows.isEmpty {
            for loss in [Pass.Loss.language, .choice] {
                let result = try fixture.model.run(
                    Pass(rows: fixture.batch(rows), prompts: [prompt], loss: loss))
                var scores = result.candidateScores[0][...]
                for (index, row) in rows.enumerated() {
                    let answers = try #require(prompt == nil ? row.bare : row.with_prompt)
                    let own = Array(scores.prefix(row.candidates.count))
                    scores = scores.dropFirst(row.candidates.count)
                    for (score, expected) in zip(own, answers.logprobs) {
                        #expect(abs(score - expected) < 1e-4, "\(shape), row \(row.id)")
                    }
                    #expect(own.firstIndex(of: own.max() ?? 0) == answers.prediction)
                    let expected = loss == .language ? answers.language_loss : answers.choice_loss
                    #expect(abs(result.rowLosses[0][index] - expected) < 1e-4, "\(shape), row \(row.id)")
                }
            }
        }
    }

    @Test("gradients with respect to the prompt, row by row and summed", arguments: ParityFixture.shapes)
    func gradients(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prompt = try fixture.model.prepare(fixture.prompt)
        for (loss, word) in [(Pass.Loss.language, "language"), (.choice, "choice")] {
            var sum = [Float](repeating: 0, count: fixture.prompt.values.count)
            for row in fixture.rows {
                let result = try fixture.model.run(
                    Pass(rows: fixture.batch([row]), prompts: [prompt], loss: loss, wantsPromptGradient: true)
                )
                let scale = loss == .language ? Float(result.lossCounts[0]) : 1
                let expected = try fixture.tensors.values(of: "gradient/\(word)/\(row.id)").map { $0 * scale }
                #expect(
                    relativeError(result.promptGradients[0], expected) < 1e-3,
                    "\(shape), row \(row.id), \(word)")
                for index in sum.indices { sum[index] += expected[index] }
            }
            let batch = try fixture.model.run(
                Pass(
                    rows: fixture.batch(fixture.rows), prompts: [prompt], loss: loss,
                    wantsPromptGradient: true))
            #expect(relativeError(batch.promptGradients[0], sum) < 1e-3, "\(shape), batch, \(word)")
        }
    }

    @Test("scores and gradients of first tokens", arguments: ParityFixture.shapes)
    func firstTokens(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prompt = try fixture.model.prepare(fixture.prompt)
        for row in fixture.rows {
            guard let expected = row.with_prompt.first_token else { continue }
            for (loss, word) in [(Pass.Loss.language, "language"), (.choice, "choice")] {
                let result = try fixture.model.run(
                    Pass(
                        rows: fixture.batch([row]), prompts: [prompt], scoring: .firstToken, loss: loss,
                        wantsPromptGradient: true))
                for (score, reference) in zip(result.candidateScores[0], expected.logprobs) {
                    #expect(abs(score - reference) < 1e-4, "\(shape), row \(row.id)")
                }
                let reference = loss == .language ? expected.language_loss : expected.choice_loss
                #expect(abs(result.rowLosses[0][0] - reference) < 1e-4, "\(shape), row \(row.id)")
                let gradient = try fixture.tensors.values(of: "gradient/first-\(word)/\(row.id)")
                #expect(relativeError(result.promptGradients[0], gradient) < 1e-3, "\(shape), row \(row.id)")
            }
        }
    }

    @Test("greedy decoding", arguments: ParityFixture.shapes)
    func generation(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        guard try fixture.model.card.capabilities.contains(.generation) else { return }
        let prompt = try fixture.model.prepare(fixture.prompt)
        let generation = Pass.Generation(limit: 8, stopIDs: [])
        let tuned = try fixture.model.run(
            Pass(rows: fixture.batch(fixture.rows), prompts: [prompt], scoring: nil, generation: generation))
        for (index, row) in fixture.rows.enumerated() {
            #expect(Array(tuned.generated[0][index]) == row.with_prompt.greedy, "\(shape), row \(row.id)")
        }
        let bare = try fixture.model.run(
            Pass(rows: fixture.batch(fixture.rowsWithText), scoring: nil, generation: generation))
        for (index, row) in fixture.rowsWithText.enumerated() {
            #expect(Array(bare.generated[0][index]) == row.bare?.greedy, "\(shape), row \(row.id)")
        }
    }

    @Test("the effects of silenced neurons, with receipts", arguments: ParityFixture.shapes)
    func edits(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prompt = try fixture.model.prepare(fixture.prompt)
        for edit in fixture.edits {
            for expected in edit.results {
                let row = try #require(fixture.rows.first { $0.id == expected.id })
                let pass = Pass(
                    rows: fixture.batch([row]), prompts: expected.has_prompt ? [prompt] : [],
                    edits: try edit.edits.map { try Edit($0, stack: try fixture.stack) })
                guard expected.receipts.allSatisfy({ $0.visited > 0 }) else {
                    #expect(throws: SondeError.self, "nothing visited") { try fixture.model.run(pass) }
                    continue
                }
                let result = try fixture.model.run(pass)
                for (score, reference) in zip(result.candidateScores[0], expected.logprobs) {
                    #expect(abs(score - reference) < 1e-4, "\(shape), \(edit.name), row \(row.id)")
                }
                for (receipt, reference) in zip(result.receipts, expected.receipts) {
                    #expect(receipt.visited == reference.visited, "\(shape), \(edit.name), row \(row.id)")
                    // GELU of a very negative number is exactly 0 there, where 1 + tanh is rounded in double, tiny here.
                    let rounded = 12
                    #expect((reference.changed...reference.changed + rounded).contains(receipt.changed))
                    let tolerance = 1e-4 * max(1, reference.total_change)
                    #expect(abs(receipt.absoluteChange - reference.total_change) < tolerance)
                }
            }
        }
    }
}

extension ParityTests {
    @Test("gradients with respect to every parameter", arguments: ParityFixture.shapes)
    func weightGradients(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prefix = "weight-gradient/language/"
        let recorded = fixture.tensors.entries.map(\.name).filter { $0.hasPrefix(prefix) }
        guard !recorded.isEmpty else { return }
        try fixture.model.trainWeights(true)
        _ = try fixture.model.run(
            Pass(rows: fixture.batch(fixture.rowsWithText), loss: .language, wantsWeightGradient: true))
        var computed: [String: [Float]] = [:]
        try fixture.model.withWeights { weight in
            let gradient = try #require(weight.gradient)
            computed[weight.name] = (0..<gradient.count).map { gradient[$0] }
        }
        for name in recorded {
            let bare = name.dropFirst(prefix.count)
            let own = try #require(
                computed.first { bare == $0.key || bare.hasSuffix("." + $0.key) }, "no gradient of \(bare)")
            let expected = try fixture.tensors.values(of: name)
            // The gradient of a bias of keys is zero but for rounding: the softmax does not see it.
            let error = relativeError(own.value, expected, atLeast: 1e-3)
            #expect(error < 1e-3, "\(shape), \(bare)")
        }
    }
}

extension Edit {
    /// An edit as the fixture says it.
    init(_ change: ParityFixture.EditCase.Change, stack: String) throws {
        let mode: Mode =
            switch change.mode {
            case "zero": .zero
            case "constant": .constant(try #require(change.constant))
            default: .mean(try #require(change.means))
            }
        let positions = try #require(Positions.allCases.first { "\($0)" == change.positions })
        self.init(
            stack: change.stack ?? stack, site: try #require(Site(rawValue: change.site)),
            layer: change.layer,
            neurons: change.neurons, positions: positions, mode: mode)
    }
}
