/// The place of a cell in a study: what it is to the others, whatever it depends on.
enum CellSlot: Sendable, Hashable {
    /// Who answers a task's test split.
    enum Answerer: Sendable, Hashable {
        /// The most frequent label of the training split.
        case majority(task: String)
        /// A model without a prompt.
        case model(String, task: String)
        /// A model with a tuned prompt, or one that was tuned itself.
        case tuned(PromptName)
    }

    /// What is compared on a task's test split.
    enum Contrast: Sendable, Hashable {
        /// The prompts of all seeds with no prompt.
        case tuning(model: String, task: String)
        /// A model with another, both with tuned prompts if there are any.
        case models(String, String, task: String)
    }

    case plan(probe: String)
    case prompt(PromptName)
    case answers(Answerer)
    case metric(Int, of: Answerer)
    case comparison(Int, of: Contrast)
    case measurement(probe: String, unit: String)
    case conclusion(probe: String)
}

/// The name of a tuned prompt, or of a tuned model, in a study.
struct PromptName: Sendable, Hashable, CustomStringConvertible {
    let model: String
    let task: String
    let seed: Int

    /// `model/task/seed`.
    var description: String { "\(model)/\(task)/\(seed)" }
}

extension CellSlot.Contrast: CustomStringConvertible {
    /// As people say it.
    var description: String {
        switch self {
        case .tuning(let model, let task): "\(model)/\(task) with and without tuned prompts"
        case .models(let first, let second, let task): "\(task) by \(first) and by \(second)"
        }
    }
}

extension CellSlot.Answerer: CustomStringConvertible {
    /// As people say it.
    var description: String {
        switch self {
        case .majority(let task): "\(task) by the most frequent label"
        case .model(let model, let task): "\(model)/\(task) without a prompt"
        case .tuned(let name): name.description
        }
    }
}
