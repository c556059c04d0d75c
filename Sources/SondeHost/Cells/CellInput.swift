/// What a cell reads of another one.
struct CellInput: Codable, Sendable, Hashable {
    /// What it is to the reader.
    enum Role: Codable, Sendable, Hashable {
        /// The prompt to evaluate.
        case prompt
        /// The answers to judge.
        case answers
        /// The answers of one run of a side that is compared with another.
        case compared(side: Side, run: Int)
        /// A tuned prompt that a probe reads, by its names in the study.
        case tunedPrompt(name: String, model: String, task: String, seed: Int)
        /// A measurement of another probe, by its name in the study.
        case measurement(probe: String, unit: String)
        /// A measurement of the probe's own.
        case ownMeasurement(unit: String)
    }

    /// What is compared with what: the first less the second.
    enum Side: String, Codable, Sendable, Hashable {
        case first, second
    }

    let role: Role
    /// The cell's name.
    let cell: String
}

extension CellInput.Role: CustomStringConvertible {
    /// The key in a cell's record.
    var description: String {
        switch self {
        case .prompt: "prompt"
        case .answers: "answers"
        case .compared(let side, let run): "\(side.rawValue) answers \(run)"
        case .tunedPrompt(let name, _, _, _): "prompt \(name)"
        case .ownMeasurement(let unit): "measurement \(unit)"
        case .measurement(let probe, let unit): "measurement \(unit) of \(probe)"
        }
    }
}
