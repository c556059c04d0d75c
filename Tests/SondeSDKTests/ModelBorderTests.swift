import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// A model behind C tables says and does what the model itself does.
@Suite struct ModelBorderTests {
    private let direct = ArithmeticModel()
    private let imported: any Model
    private let values: [Float] = [0.5, 0, 0.25, -0.125, 0, 0.25]

    init() throws {
        let descriptor = ModelDescriptor(
            id: "arithmetic", summary: "By hand", modelTypes: ["arithmetic"],
            capabilities: [.gradient, .taps])
        let border = try Border(
            [
                .model(descriptor) { directory, options, _ in
                    guard directory == "/somewhere", try options.integer("depth") == 3 else {
                        throw SondeError.invalidData("\(directory) holds no model.")
                    }
                    return ArithmeticModel()
                }
            ], id: "org.example.model")
        imported = try border.component.makeModel(directory: "/somewhere", options: Options(["depth": 3]))
    }

    @Test("The card crosses whole")
    func card() throws {
        #expect(try imported.card == direct.card)
    }

    @Test("Text crosses unchanged, empty and with a zero byte, in every role", arguments: TextRole.allCases)
    func encoding(role: TextRole) throws {
        let texts = ["", "a\0b", "Füße, 川, 👩‍👩‍👧", "plain"]
        #expect(try imported.encode(texts, as: role) == direct.encode(texts, as: role))
        #expect(try imported.encode([], as: role).count == 0)
    }

    @Test("Ids cross back as text, an unknown token as none")
    func decoding() throws {
        #expect(try imported.decode([72, 105]) == "Hi")
        #expect(try imported.decode([]) == "")
        #expect(try imported.text(ofToken: 7) == "<7>")
        #expect(try imported.text(ofToken: 250) == nil)
    }

    @Test("Embeddings are read in place")
    func embeddings() throws {
        let view = try imported.embeddings(5..<7)
        #expect((view.rows, view.width) == (2, 3))
        #expect(view.row(1) == [1.125, 1.1875, 1.25])
        #expect(
            throws: SondeError.invalidArgument("There are 256 embeddings.").from("org.example.model (test)")
        ) {
            try imported.embeddings(250..<257)
        }
    }

    @Test("A prompt keeps its values and live rows, and takes new values")
    func prompts() throws {
        let prompt = try imported.prepare(
            SoftPrompt(values: values, rows: 2, width: 3, placement: "prefix", liveRows: [true, false]))
        #expect(try prompt.liveRows == [true, false])
        let before = try imported.run(Pass(rows: rows, prompts: [prompt])).candidateScores
        try prompt.update(values.map { 2 * $0 })
        let after = try imported.run(Pass(rows: rows, prompts: [prompt])).candidateScores
        #expect(before != after)
        #expect(throws: SondeError.self) { try prompt.update([1]) }
        #expect(
            throws: SondeError.unsupported("There is no placement 'middle'.").from("org.example.model (test)")
        ) {
            try imported.prepare(SoftPrompt(values: values, rows: 2, width: 3, placement: "middle"))
        }
    }

    @Test(
        "Every output of a pass crosses, for every scoring and loss",
        arguments: [
            (Pass.Scoring.sequence, Pass.Loss.choice), (.mean, .choice), (.firstToken, .language),
            (.sequence, .language),
        ])
    func pass(scoring: Pass.Scoring, loss: Pass.Loss) throws {
        func result(of model: any Model) throws -> PassResult {
            let prompt = try model.prepare(SoftPrompt(values: values, rows: 2, width: 3))
            return try model.run(
                Pass(
                    rows: rows, prompts: [prompt, nil], scoring: scoring, loss: loss,
                    wantsPromptGradient: true,
                    generation: Pass.Generation(limit: 4, stopIDs: [98]), edits: edits, wantsLayouts: true))
        }
        let (mine, theirs) = (try result(of: imported), try result(of: direct))
        #expect(mine.candidateScores == theirs.candidateScores)
        #expect(mine.rowLosses == theirs.rowLosses)
        #expect(mine.lossSums == theirs.lossSums)
        #expect(mine.lossCounts == theirs.lossCounts)
        #expect(mine.promptGradients == theirs.promptGradients)
        #expect(mine.receipts == theirs.receipts)
        #expect(mine.layouts == theirs.layouts)
        #expect(mine.generated == theirs.generated)
    }

    @Test("Outputs that were not asked for are empty")
    func emptyOutputs() throws {
        let result = try imported.run(Pass(rows: rows, scoring: nil))
        #expect(result.candidateScores.isEmpty && result.rowLosses.isEmpty && result.promptGradients.isEmpty)
        #expect(result.receipts.isEmpty && result.layouts.isEmpty && result.generated.isEmpty)
        #expect(try imported.run(Pass(rows: Rows())).candidateScores == [[]])
    }

    @Test("Taps hand over the same activations, owners and positions", arguments: Positions.allCases)
    func taps(positions: Positions) throws {
        func seen(by model: any Model) throws -> [String] {
            var seen: [String] = []
            let prompt = try model.prepare(SoftPrompt(values: values, rows: 2, width: 3))
            let tap = Tap(stack: "decoder", site: .feedForwardActivation, layers: [1], positions: positions) {
                block in
                for index in 0..<block.count {
                    seen.append(
                        "\(block.run) \(block.layer) \(block.owner(index)) \(block.positions[index]) "
                            + "\(block.activation(index))")
                }
            }
            _ = try model.run(Pass(rows: rows, prompts: [nil, prompt], taps: [tap]))
            return seen
        }
        let expected = try seen(by: direct)
        #expect(!expected.isEmpty)
        #expect(try seen(by: imported) == expected)
    }

    @Test("An error that a tap throws comes back as it was thrown")
    func tapError() throws {
        struct Enough: Error {}
        let tap = Tap(stack: "decoder", site: .feedForwardActivation, positions: .text) { _ in throw Enough()
        }
        #expect(throws: Enough.self) { try imported.run(Pass(rows: rows, taps: [tap])) }
    }

    @Test("A model that cannot be tuned says so")
    func weights() {
        let error = #expect(throws: SondeError.self) { try imported.trainWeights(true) }
        #expect(error?.code == .unsupported)
    }

    private var rows: Rows {
        var rows = Rows()
        rows.append(text: [97, 98], candidates: [[100], [101, 102]], label: 1, key: 7, line: 3)
        rows.append(text: [99], candidates: [[103, 104], [105]], label: 0, key: 1 << 60)
        return rows
    }

    private var edits: [Edit] {
        let modes: [Edit.Mode] = [.zero, .constant(1.5), .mean([97, 2]), .noise(scale: 0.25, stream: 9)]
        return modes.enumerated().map { index, mode in
            Edit(
                stack: "decoder", site: .feedForwardActivation, layer: index % 2, neurons: [0, 3],
                positions: Positions.allCases[index], mode: mode)
        }
    }
}

extension SondeError {
    /// The error as it arrives from a plugin.
    func from(_ plugin: String) -> SondeError { SondeError(code, message, plugin: plugin) }
}
