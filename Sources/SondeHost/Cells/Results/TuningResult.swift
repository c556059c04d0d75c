import SondeJSON
import SondeSDK

/// What a tune cell makes: a prompt (see ``PromptResult``) and `tuning.json`, how it came about.
struct TuningResult: Sendable {
    /// How a prompt came about.
    struct Course: Codable, Sendable {
        let history: [TuningEvaluation]
        let bestStep: Int
        let steps: Int
        let stoppedEarly: Bool
        let trainedParameters: Int
        let frozenParameters: Int
        let weightsDigest: String

        private enum CodingKeys: String, CodingKey {
            case history, steps
            case bestStep = "best_step"
            case stoppedEarly = "stopped_early"
            case trainedParameters = "trained_parameters"
            case frozenParameters = "frozen_parameters"
            case weightsDigest = "weights_digest"
        }
    }

    private static let file = "tuning.json"

    let prompt: PromptResult
    let course: Course

    init(_ outcome: TuningOutcome, baseModel: StoredPrompt.BaseModel) {
        prompt = PromptResult(prompt: outcome.prompt, initial: outcome.initial, baseModel: baseModel)
        course = Course(
            history: outcome.history, bestStep: outcome.bestStep, steps: outcome.steps,
            stoppedEarly: outcome.stoppedEarly, trainedParameters: outcome.trainedParameters,
            frozenParameters: outcome.frozenParameters, weightsDigest: outcome.weightsDigest)
    }

    func write(to folder: String) throws {
        try prompt.write(to: folder)
        try JSONFile.write(try JSONValue(encoding: course), to: folder + "/" + Self.file)
    }

    /// How the prompt in a folder came about.
    static func course(in folder: String) throws -> Course {
        try JSONFile.read(Course.self, from: folder + "/" + file)
    }
}
