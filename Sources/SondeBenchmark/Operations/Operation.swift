import SondeHost
import SondeJSON

/// Something to measure, made ready so that it can be done again and again.
protocol Operation: AnyObject {
    /// Does it once and says how long that took.
    func elapsed() throws -> Elapsed
    /// What it is compared with; made after the memory has been read.
    func floor() throws -> any Floor
    /// Useful floating-point operations; `nil` where matrix products are not what it does.
    var usefulOperations: Double? { get }
    /// The most memory that was resident, in bytes, in the process that did it.
    var peakMemory: Int { get }
}

extension Operation {
    var usefulOperations: Double? { nil }
    var peakMemory: Int { ProcessMemory.peak }
}

/// What can be measured.
public enum OperationKind: String, Sendable, Codable, CaseIterable {
    /// Loss and gradient of a batch.
    case step
    /// The same with weights that stay 16-bit.
    case lowMemoryStep = "step-low-memory"
    /// Scores of a batch's candidates under one prompt.
    case evaluation
    /// The same under four prompts in one call.
    case evaluationOfFour = "evaluation-of-four"
    /// The tokens nearest to a prompt's rows, by the probe `semantics`.
    case nearestTokens = "nearest-tokens"
    /// From the start of a process to the first step possible.
    case load
    /// Reading tokenizer.json.
    case tokenizer
    /// Encoding a megabyte of text on one thread.
    case encoding

    /// What it is called in the table.
    public var title: String {
        switch self {
        case .step: "tuning step"
        case .lowMemoryStep: "tuning step, memory: low"
        case .evaluation: "evaluation, 1 prompt"
        case .evaluationOfFour: "evaluation, 4 prompts"
        case .nearestTokens: "nearest tokens"
        case .load: "load"
        case .tokenizer: "tokenizer, load"
        case .encoding: "tokenizer, 1 MB"
        }
    }

    /// Makes it ready.
    func prepare(on workbench: Workbench) throws -> any Operation {
        switch self {
        case .step: try TuningStep(on: workbench)
        case .lowMemoryStep: try TuningStep(on: workbench, modelOptions: ["memory": "low"])
        case .evaluation: try Evaluation(prompts: 1, on: workbench)
        case .evaluationOfFour: try Evaluation(prompts: 4, on: workbench)
        case .nearestTokens: try NearestTokens(on: workbench)
        case .load: Loading(on: workbench)
        case .tokenizer: TokenizerLoading(on: workbench)
        case .encoding: try Encoding(on: workbench)
        }
    }
}
