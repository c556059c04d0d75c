import SondeJSON
import SondeSDK

/// What a tune cell makes: a prompt (see ``PromptResult``) and `tuning.json`, how it came about.
struct TuningResult: Sendable {
    private static let file = "tuning.json"

    let prompt: PromptResult
    let course: TuningCourse

    init(_ outcome: TuningOutcome, baseModel: StoredPrompt.BaseModel) {
        prompt = PromptResult(prompt: outcome.prompt, initial: outcome.initial, baseModel: baseModel)
        course = outcome.course
    }

    func write(to folder: String) throws {
        try prompt.write(to: folder)
        try Self.write(course, to: folder)
    }

    /// Writes how something tuned came about.
    static func write(_ course: TuningCourse, to folder: String) throws {
        try JSONFile.write(try JSONValue(encoding: course), to: folder + "/" + file)
    }

    /// How what is in a folder came about.
    static func course(in folder: String) throws -> TuningCourse {
        try JSONFile.read(TuningCourse.self, from: folder + "/" + file)
    }
}
