import ArgumentParser
import SondeHost
import SondeSDK

/// `sonde score`: log-probabilities, losses, gradients and activations of rows.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Scores the candidate continuations of texts.",
        discussion: """
            ROWS is a JSON Lines file of objects {"id", "text", "candidates": [...], "label"}; the label, the index of the \
            right candidate, is needed only with --loss. Text and candidates are tokenised apart and joined. Two \
            candidates may be the same.

            With --json each row becomes one line {"id", "logprobs", "prediction"}: the log-probability of each \
            candidate, by default summed over its tokens, from the softmax over the whole vocabulary, and the index of the first \
            maximum. --loss adds "loss", --generate "generated" (up to the model's end token) and, of a row \
            with a label, "expected", --edit "receipts", one for each edit: how many activations of the row it visited, \
            how many changed, and by how much altogether.

            A tap is SITE:POSITION:FILE and writes tensors named ID/LAYER, [positions x width]. An edit is \
            SITE:LAYERS:NEURONS:MODE, or with the positions that it is limited to SITE:LAYERS:NEURONS:MODE:POSITION. \
            Sites: embedding, ffn.activation, residual, attention.output (with two stacks encoder/SITE, decoder/SITE). \
            Positions: prompt, answer, text, all. Layers and neurons: all, 3, 0-7 or 1,5,9. Modes: zero, \
            constant=1.5, mean (over the text positions of the rows), noise=0.1.

            Examples:
              sonde score --model models/tiny-bloom --data rows.jsonl
              sonde score --model models/tiny-bloom --prompt adapter --data rows.jsonl --loss language \
            --gradient gradients.safetensors --json
              sonde score --model models/tiny-bloom --data rows.jsonl --edit ffn.activation:3:0-7:zero --json
            """)

    /// A loss by its name.
    enum LossName: String, ExpressibleByArgument, CaseIterable {
        case choice
        case language

        var loss: Pass.Loss { self == .choice ? .choice : .language }
    }

    /// What of a candidate counts, by its name.
    enum ScoringName: String, ExpressibleByArgument, CaseIterable {
        case sequence
        case mean
        case firstToken = "first-token"

        var scoring: Pass.Scoring {
            switch self {
            case .sequence: .sequence
            case .mean: .mean
            case .firstToken: .firstToken
            }
        }
    }

    @OptionGroup var choice: ModelChoice
    @Option(
        help: ArgumentHelp(
            "A prompt: an adapter's folder, a tune cell's, or a .npy, .safetensors or .pt file.",
            valueName: "source"))
    var prompt: String?
    @Option(help: ArgumentHelp("The rows.", valueName: "file")) var data: String
    @Option(
        help: """
            choice: cross-entropy over the candidates' log-probabilities; language: the mean negative \
            log-probability of the label candidate's tokens.
            """)
    var loss: LossName?
    @Option(
        help: """
            sequence: the sum of the log-probabilities of a candidate's tokens; mean: their mean; first-token: \
            the first one's alone, also in the loss.
            """)
    var scoring = ScoringName.sequence
    @Option(
        help: ArgumentHelp(
            "Write d loss / d prompt of every row, a tensor named by its id.", valueName: "file"))
    var gradient: String?
    @Option(help: ArgumentHelp("Write activations. May be repeated.", valueName: "site:position:file"))
    var tap: [String] = []
    @Option(help: ArgumentHelp("Change activations. May be repeated.", valueName: "site:layers:neurons:mode"))
    var edit: [String] = []
    @Option(help: ArgumentHelp("Continue each text greedily by up to so many tokens.", valueName: "tokens"))
    var generate: Int?
    @Flag(help: "Print one JSON object a row.") var json = false
    @OptionGroup var host: HostOptions

    func validate() throws {
        if let generate, generate < 1 { throw ValidationError("--generate must be 1 or more.") }
    }

    func run() throws {
        let runtime = host.makeRuntime()
        let request = try ScoreRequest(
            file: data, rows: try ScoreRow.rows(ofFile: data, needsLabels: loss != nil),
            prompt: try prompt.map(softPrompt), scoring: scoring.scoring, loss: loss?.loss,
            gradientFile: gradient, taps: tap.map { try TapRequest($0) },
            edits: edit.map { try EditRequest($0) },
            generationLimit: generate)
        let registry = try host.makeRegistry(for: runtime)
        let scoring = try RowScoring(request, with: choice.makeModel(registry), host: runtime)
        var table = ScoreTable()
        try scoring.run { row in
            if json { Standard.output(row.jsonLine) } else { table.append(row) }
        }
        if !json { Standard.output(table.text) }
    }

    private func softPrompt(at source: String) throws -> SoftPrompt {
        let prompt = try PromptSource.prompt(at: source)
        prompt.tellWhatWasLeftOut()
        return prompt.softPrompt
    }
}
