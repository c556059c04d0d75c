import SondeSDK

/// How the models of a family lay a batch out and compute it; all else of the contract is the same for every model.
protocol LanguageModelFamily: AnyObject {
    /// The architecture that the plugin brought.
    var architecture: any Architecture { get }
    /// The ids of a text, with the special tokens that its role calls for.
    /// - Throws: ``SondeError`` for a text that cannot have the role.
    func encode(_ text: String, as role: TextRole) throws -> [Int32]
    /// Which rows of a prompt the model reads.
    func liveRows(of prompt: SoftPrompt) -> [Bool]
    /// Checks what only this family minds.
    /// - Throws: ``SondeError`` naming the row.
    func check(_ pass: Pass) throws
    /// Whether runs, of which none records, differ in nothing but known keys and values of their prompts.
    func canShareBatch(_ runs: [PassRun]) -> Bool
    /// Computes the hidden states of a batch.
    func compute(_ runs: [PassRun], on tape: Tape) throws -> ComputedRows
    /// The new tokens of each row, without the stop token, by greedy decoding.
    func generatedTexts(of run: PassRun, _ generation: Pass.Generation) throws -> Ragged<Int32>
    /// Drops what was computed from weights that have been changed since.
    func weightsChanged()
}

extension LanguageModelFamily {
    func canShareBatch(_ runs: [PassRun]) -> Bool { false }
    func weightsChanged() {}
}

/// One run of a pass: its rows with one prompt, or with none.
struct PassRun {
    let pass: Pass
    /// The number of the run.
    let index: Int
    let prompt: ModelPrompt?

    /// What a forward pass through a stack is asked for.
    /// - Parameter wanted: packed rows whose final hidden states are needed.
    func request(stack: String, taps: [Tap], wanted: [Int]) -> ForwardPass.Request {
        ForwardPass.Request(
            run: index, stack: stack, taps: taps.filter { $0.stack == stack }, edits: pass.edits,
            keys: pass.rows.keys, dropoutStream: pass.dropoutStream, wanted: wanted)
    }

    /// The prompt on a tape, `[rows × width]`; its gradient is wanted if the pass asks for it.
    func promptValue(on tape: Tape) -> Value? {
        prompt.map { prompt in
            let tensor = Tensor(
                rows: prompt.prompt.rows, width: prompt.prompt.width, values: prompt.prompt.values,
                pool: tape.workspace.pool)
            return pass.wantsPromptGradient ? tape.variable(tensor) : tape.constant(tensor)
        }
    }

    /// Whether a candidate's tokens are to be scored: all where scores are wanted, else only the right one's.
    func needs(_ candidate: Int, _ row: Int) -> Bool {
        if pass.scoring != nil { return true }
        guard pass.loss != nil else { return false }
        return candidate - pass.rows.candidateOffsets[row] == Int(pass.rows.labels[row])
    }

    /// How many tokens of a candidate are scored and learned.
    var candidateLimit: Int { pass.scoring == .firstToken ? 1 : .max }
}

/// The final hidden states of a batch, and what is to be read from them.
struct ComputedRows {
    /// States of the packed rows that are still at hand.
    let hidden: Value
    /// For each packed row its row in ``hidden``.
    let places: [Int]
    /// Log-probabilities to compute: of tokens after packed rows.
    let predictions: [ScoredToken]
    /// For each run and candidate the indices of its tokens in ``predictions``.
    let candidatePredictions: [[[Int]]]
    /// For each run where the parts of each row stand in its sequence.
    let layouts: [[RowLayout]]
    /// What each edit did.
    let receipts: [EditReceipt]
    /// The prompt, if a gradient may be asked for.
    let prompt: Value?
}

/// A prompt that a model has prepared.
final class ModelPrompt: PreparedPrompt {
    private(set) var prompt: SoftPrompt
    let liveRows: [Bool]
    /// Keys and values of all layers of a causal model, computed in evaluation.
    var memory: Memory?

    /// Keys and values, and the number of the weights that they come from.
    struct Memory {
        let cache: KeyValueCache
        let weights: Int
    }

    init(_ prompt: SoftPrompt, liveRows: [Bool]) {
        self.prompt = prompt
        self.liveRows = liveRows
    }

    func update(_ values: [Float]) throws {
        guard values.count == prompt.values.count, values.allSatisfy(\.isFinite) else {
            throw SondeError.invalidData(
                "A prompt of \(prompt.rows) × \(prompt.width) was given \(values.count) values, or values that are "
                    + "not finite.")
        }
        prompt.values = values
        memory = nil
    }
}
